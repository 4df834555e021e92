namespace ClickSink.Tests.Benchmarks.EndToEnd;

/// <summary>One run: how long it took, and the processor time of whatever is not the broker or the server.</summary>
internal readonly record struct Timing(double Seconds, double CpuSeconds);
