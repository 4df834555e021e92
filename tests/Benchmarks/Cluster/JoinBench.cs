using ClickSink.Servers;
using ClickSink.Tests.Benchmarks.Reporting;
using ClickSink.Tests.Shared.Chaos;

namespace ClickSink.Tests.Benchmarks.Cluster;

/// <summary>A third silo joins two under load: how long until it has its share of the replicas, and how long a partition pauses at most meanwhile.</summary>
internal static class JoinBench
{
    public static void Run(string[] arguments) => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        await using var stage = await ChaosStage.StartAsync(Path.Combine(Checkout.DataFolder, "bench"), silos: 3, running: 2, pipelines: 3, CancellationToken.None);
        await using var load = new SteadyLoad(stage.Kafka, [.. stage.Pipelines.Select(p => p.Id)], ChaosStage.Partitions, eventsPerSecond: 5000);
        await stage.UntilRowsFlowAsync([.. stage.Pipelines.Select(_ => Enumerable.Repeat(-1L, ChaosStage.Partitions).ToArray())], TimeSpan.FromSeconds(60), CancellationToken.None);
        var failover = new Failover(stage);
        await failover.UntilBalancedAsync(TimeProvider.System.GetTimestamp(), CancellationToken.None);
        var (balanced, pause) = await failover.JoinAsync(stage.Silos.Ended[0], CancellationToken.None);
        await load.FinishAsync();
        BenchReport.Write("join", BenchRow.Of("balanced", "s", balanced.TotalSeconds), BenchRow.Of("pause", "s", pause.TotalSeconds));
    }
}
