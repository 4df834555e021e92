using ClickSink.Tests.Benchmarks.Cluster;
using ClickSink.Tests.Benchmarks.Decode;
using ClickSink.Tests.Benchmarks.EndToEnd;
using ClickSink.Tests.Benchmarks.Fetch;
using ClickSink.Tests.Benchmarks.Memory;

namespace ClickSink.Tests.Benchmarks;

/// <summary>Runs the benchmark that the first argument names; the rest are its own arguments.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Action<string[]>> Benchmarks = new()
    {
        ["decode"] = DecodeBench.Run,
        ["encode"] = EncodeBench.Run,
        ["end-to-end"] = EndToEndBench.Run,
        ["fetch"] = FetchBench.Run,
        ["memory"] = MemoryBench.Run,
        ["chaos"] = ChaosBench.Run,
        ["failover"] = FailoverBench.Run,
        ["pipelines"] = ManyPipelinesBench.Run,
        ["join"] = JoinBench.Run,
    };

    private static int Main(string[] arguments)
    {
        if (arguments.Length == 0 || !Benchmarks.TryGetValue(arguments[0], out Action<string[]>? run))
        {
            Console.Error.WriteLine($"Name a benchmark: {string.Join(", ", Benchmarks.Keys)}.");
            return 2;
        }

        run(arguments[1..]);
        return Environment.ExitCode;
    }
}
