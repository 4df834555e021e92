using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Servers.Postgres;
using ClickSink.Tests.Shared;
using ClickSink.Tests.Shared.Chaos;
using Xunit;

namespace ClickSink.Tests.Cluster;

/// <summary>
/// Two activations of the same grains at the same time, on purpose: two clusters that do not know of each other share one stored state, so that each runs every
/// pipeline and every replica. Nothing but the fencing keeps them from storing rows twice.
/// </summary>
public sealed class FencingTests
{
    private const int Partitions = 4;
    private const int EventsPerSecond = 3000;

    [Fact]
    public async Task TwoClustersOnOneState_StoreEveryMessageOnce()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var servers = await ScratchServers.CreateAsync();
        var postgres = await servers.StartAsync("postgres", folder => new PostgresServer(folder));
        var kafka = await servers.StartAsync("kafka", folder => new KafkaServer(folder));
        var clickHouse = await servers.StartAsync("clickhouse", folder => new EmbeddedClickHouseServer(folder));
        var database = await postgres.EnsureDatabaseAsync("clicksink", cancellation);
        var left = await servers.StartAsync("left", folder => NewSilo(folder, database, "left"));
        var pipeline = new ChaosPipeline("contested", kafka, clickHouse, Partitions) { Replicas = 1 };
        await pipeline.CreateAsync(cancellation);
        await pipeline.ApplyAsync(new SiloPool([left]), cancellation);
        // The other one begins when there is a pipeline to be found in the stored state.
        var right = await servers.StartAsync("right", folder => NewSilo(folder, database, "right"));
        await using (var load = new SteadyLoad(kafka, [pipeline.Id], Partitions, EventsPerSecond))
        {
            await UntilAsync(async () => await FencedAsync(left) + await FencedAsync(right) >= 3, "neither cluster was fenced off by the other", cancellation);
            await load.FinishAsync();
        }

        // One of them alone may finish: what counts is what they did to the table together.
        await left.StopAsync();
        await UntilAsync(async () => await pipeline.CountAsync(cancellation) is var (produced, _, unique) && unique == produced, "messages are missing", cancellation);
        var (messages, stored, different) = await pipeline.CountAsync(cancellation);
        Assert.Equal((messages, messages), (stored, different));
        Assert.True(messages > 0);
    }

    private static SiloServer NewSilo(ServerFolder folder, string database, string cluster) =>
        new(folder, database, settings: new Dictionary<string, string> { ["ClusterId"] = cluster, ["SupervisionPeriod"] = "00:00:00.5" }, name: cluster);

    private static async Task<int> FencedAsync(SiloServer silo)
    {
        await using var file = new FileStream(silo.LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split("another owner has taken over").Length - 1;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string otherwise, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(2), otherwise);
            await timer.WaitForNextTickAsync(cancellation);
        }
    }
}
