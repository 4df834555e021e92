using ClickSink.Tests.Shared;
using ClickSink.Tests.Shared.Chaos;
using Xunit;

namespace ClickSink.Tests.Cluster;

/// <summary>What happens to replicas when silos come and go. How fast is measured by <c>./bench.sh failover</c> and <c>join</c>; here it has to happen at all.</summary>
public sealed class MembershipTests
{
    [Fact]
    public async Task SilosComeAndGo_ReplicasFollow()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var path = ScratchServers.NewPath();
        await using (var stage = await ChaosStage.StartAsync(path, silos: 3, running: 2, pipelines: 2, cancellation))
        {
            await using var load = new SteadyLoad(stage.Kafka, [.. stage.Pipelines.Select(p => p.Id)], ChaosStage.Partitions, eventsPerSecond: 2000);
            await stage.UntilRowsFlowAsync([.. stage.Pipelines.Select(_ => Enumerable.Repeat(-1L, ChaosStage.Partitions).ToArray())], TimeSpan.FromSeconds(60), cancellation);
            var failover = new Failover(stage);
            await failover.UntilBalancedAsync(TimeProvider.System.GetTimestamp(), cancellation);

            // A silo that is killed: its partitions go on elsewhere.
            await failover.KillAsync(stage.Silos.All[0], cancellation);

            // Silos that join: they get their share without an operator.
            await failover.JoinAsync(stage.Silos.All[2], cancellation);
            await failover.JoinAsync(stage.Silos.All[0], cancellation);

            // A silo that stops in order: what it had in hand is written, and its partitions go on elsewhere.
            var before = await stage.HighestAsync(cancellation);
            await stage.Silos.All[1].StopAsync();
            await stage.UntilRowsFlowAsync(before!, TimeSpan.FromSeconds(60), cancellation);
            await load.FinishAsync();
            await failover.UntilBalancedAsync(TimeProvider.System.GetTimestamp(), cancellation);
            foreach (var pipeline in stage.Pipelines)
            {
                await stage.UntilStoredAsync(pipeline, TimeSpan.FromSeconds(60), cancellation);
                var (produced, stored, unique) = await pipeline.CountAsync(cancellation);
                Assert.Equal((produced, produced), (stored, unique));
            }
        }

        ScratchServers.Remove(path);
    }
}
