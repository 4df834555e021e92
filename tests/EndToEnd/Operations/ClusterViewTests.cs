using System.Text.Json.Nodes;
using ClickSink.Servers;
using ClickSink.Tests.EndToEnd.Stage;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Operations;

/// <summary>Two silos: who runs what, and what is told when one of them ends.</summary>
public sealed class ClusterViewTests
{
    private readonly Cluster _cluster;

    public ClusterViewTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Kill_OneOfTwoSilos_IsToldAsFailOver()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var (stays, ends, pipeline) = await TwoSilosAsync(scratch);
        var before = await ClusterAsync(pipeline);
        Assert.Equal(["active", "active"], before.Select(s => (string)s["status"]!));
        Assert.Equal([2, 2], before.Select(s => s["replicas"]!.AsArray().Count));
        Assert.All(before, silo => Assert.Equal("0.1.0", (string?)silo["version"]));
        Assert.All(before, silo => Assert.False(string.IsNullOrEmpty((string?)silo["hostName"])));
        var sending = pipeline.SendAsync(30_000);

        await ends.KillAsync();
        await sending;

        await pipeline.AssertStoredOnceAsync();
        await pipeline.WaitForEventAsync("failedOver", 2);
        var events = await pipeline.EventsAsync("failedOver");
        Assert.All(events, e => Assert.Contains("did not answer", (string?)e["detail"]));
        Assert.Equal(2, events.Select(e => (int)e["slot"]!).Distinct().Count());
        var after = await ClusterAsync(pipeline);
        Assert.Equal(["active", "dead"], after.Select(s => (string)s["status"]!));
        Assert.Equal(4, after[0]["replicas"]!.AsArray().Count);
        Assert.Equal((string?)after[0]["address"], (string?)events[0]["silo"]);
        Assert.True(stays.IsRunning);
    }

    [Fact]
    public async Task Stop_OneOfTwoSilosInOrder_IsToldAsMove()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var (_, ends, pipeline) = await TwoSilosAsync(scratch);
        var sending = pipeline.SendAsync(30_000);

        await ends.StopAsync();
        await sending;

        await pipeline.AssertStoredOnceAsync();
        await Until.TrueAsync(
            async () => (await pipeline.EventsAsync("moved")).Count + (await pipeline.EventsAsync("failedOver")).Count >= 2,
            async () => string.Join(" | ", (await pipeline.EventsAsync()).Select(e => e.ToJsonString())),
            TimeSpan.FromSeconds(30));
        Assert.Equal(4, (await ClusterAsync(pipeline)).Single(s => (string)s["status"]! == "active")["replicas"]!.AsArray().Count);
    }

    private async Task<(SiloServer Stays, SiloServer Ends, PipelineUnderTest Pipeline)> TwoSilosAsync(ScratchServers scratch)
    {
        var database = await (await _cluster.PostgresAsync()).CreateDatabaseAsync(cancellationToken: TestContext.Current.CancellationToken);
        var stays = await Operator.StartSiloAsync(scratch, database, ("SupervisionPeriod", "00:00:00.5"));
        var ends = await Operator.StartSiloAsync(scratch, database, ("SupervisionPeriod", "00:00:00.5"));
        var pipeline = await _cluster.NewPipelineAsync(silo: stays);
        await pipeline.ApplyAsync(d => d with { Replicas = 4 });
        await pipeline.SendAsync(2000);
        await pipeline.AssertStoredOnceAsync();
        await Until.TrueAsync(
            async () => (await ClusterAsync(pipeline)).All(s => s["replicas"]!.AsArray().Count == 2),
            async () => string.Join(" | ", (await ClusterAsync(pipeline)).Select(s => s.ToJsonString())),
            TimeSpan.FromSeconds(30));
        return (stays, ends, pipeline);
    }

    private static async Task<List<JsonNode>> ClusterAsync(PipelineUnderTest pipeline) =>
        [.. (await pipeline.Api.GetAsync("api/cluster")).Success().Json["silos"]!.AsArray().OfType<JsonNode>()];
}
