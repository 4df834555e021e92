namespace ClickSink.Tests.Benchmarks.Reporting;

/// <summary>One figure of a benchmark, as <c>artifacts/bench/NAME.json</c> lists it.</summary>
/// <param name="Name">Name of the figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Ours">ClickSink's.</param>
/// <param name="Peer">The peer's, from the same run; null where there is none.</param>
/// <param name="Ratio">Ours divided by the peer's; null where there is none.</param>
internal sealed record BenchRow(string Name, string Unit, double Ours, double? Peer, double? Ratio)
{
    public static BenchRow Of(string name, string unit, double ours, double? peer = null) => new(name, unit, ours, peer, ours / peer);
}
