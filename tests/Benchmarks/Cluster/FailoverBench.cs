using System.Globalization;
using ClickSink.Servers;
using ClickSink.Tests.Benchmarks.Reporting;
using ClickSink.Tests.Shared.Chaos;

namespace ClickSink.Tests.Benchmarks.Cluster;

/// <summary>From the SIGKILL of a silo to the next stored row of the last of its partitions. Argument: tries (default 10).</summary>
internal static class FailoverBench
{
    public static void Run(string[] arguments) => RunAsync(arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10).GetAwaiter().GetResult();

    private static async Task RunAsync(int tries)
    {
        await using var stage = await ChaosStage.StartAsync(Path.Combine(Checkout.DataFolder, "bench"), silos: 3, running: 3, pipelines: 2, CancellationToken.None);
        await using var load = new SteadyLoad(stage.Kafka, [.. stage.Pipelines.Select(p => p.Id)], ChaosStage.Partitions, eventsPerSecond: 5000);
        await stage.UntilRowsFlowAsync([.. stage.Pipelines.Select(_ => Enumerable.Repeat(-1L, ChaosStage.Partitions).ToArray())], TimeSpan.FromSeconds(60), CancellationToken.None);
        var failover = new Failover(stage);
        var seconds = new List<double>();
        for (var number = 0; number < tries; number++)
        {
            await failover.UntilBalancedAsync(TimeProvider.System.GetTimestamp(), CancellationToken.None);
            var silo = stage.Silos.All[number % stage.Silos.All.Count];
            var took = await failover.KillAsync(silo, CancellationToken.None);
            seconds.Add(took.TotalSeconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"try {number + 1}: {silo.Name} killed, rows of its partitions after {took.TotalSeconds:0.00} s"));
            await silo.StartAsync();
        }

        await load.FinishAsync();
        BenchReport.Write("failover", BenchRow.Of("median", "s", BenchReport.Median(seconds)), BenchRow.Of("worst", "s", seconds.Max()));
    }
}
