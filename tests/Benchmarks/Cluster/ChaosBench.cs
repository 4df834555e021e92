using System.Globalization;
using ClickSink.Servers;
using ClickSink.Tests.Benchmarks.Reporting;
using ClickSink.Tests.Shared.Chaos;

namespace ClickSink.Tests.Benchmarks.Cluster;

/// <summary>Faults under a steady load. Arguments: <c>--faults N</c> (default 20), <c>--seed N</c> (default: drawn and printed).</summary>
internal static class ChaosBench
{
    public static void Run(string[] arguments)
    {
        var faults = Argument(arguments, "--faults") ?? 20;
        var seed = Argument(arguments, "--seed") ?? Random.Shared.Next(1, 1_000_000);
        var run = new ChaosRun(Path.Combine(Checkout.DataFolder, "bench"), seed, faults, Console.WriteLine);
        var result = run.RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        BenchReport.Write(
            "chaos",
            BenchRow.Of("missing", "rows", result.Missing),
            BenchRow.Of("duplicate", "rows", result.Duplicate),
            BenchRow.Of("faults", "faults", result.Faults));
        Console.WriteLine(result);
        if (result is not { Missing: 0, Duplicate: 0 }) Environment.ExitCode = 1;
    }

    private static int? Argument(string[] arguments, string name)
    {
        var at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : null;
    }
}
