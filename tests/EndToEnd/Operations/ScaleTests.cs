using ClickSink.Tests.EndToEnd.Stage;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Operations;

/// <summary>More and fewer replicas, pauses, and partitions that are added, all under load.</summary>
public sealed class ScaleTests
{
    private readonly Cluster _cluster;

    public ScaleTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task SetReplicas_UpAndDownUnderLoad_LosesAndDoublesNothing()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync();
        var sending = pipeline.SendAsync(60_000);
        await pipeline.WaitForRowsAsync(1000);
        (await pipeline.SetReplicasAsync(3)).Success();
        await pipeline.WaitForAsync(s => s["replicas"]!.AsArray().Count == 3 && (string?)s["phase"] == "running", "three replicas");
        (await pipeline.SetReplicasAsync(2)).Success();
        await pipeline.WaitForAsync(s => s["replicas"]!.AsArray().Count == 2 && (string?)s["phase"] == "running", "two replicas");
        await sending;

        await pipeline.AssertStoredOnceAsync();
        var assignments = await pipeline.AssignmentsAsync();
        Assert.Equal([0, 1, 2, 3], assignments["replicas"]!.AsArray().SelectMany(r => r!["partitions"]!.AsArray()).Select(p => (int)p!["partition"]!).Order());
        Assert.All(assignments["replicas"]!.AsArray(), replica =>
        {
            Assert.Equal((long)assignments["epoch"]!, (long)replica!["epoch"]!);
            Assert.False(string.IsNullOrEmpty((string?)replica["silo"]));
            Assert.NotNull(replica["since"]);
            Assert.All(replica["partitions"]!.AsArray(), p => Assert.Equal(((long)p!["endOffset"]!, 0L), ((long)p["nextOffset"]!, (long)p["lagRecords"]!)));
        });
        Assert.Equal(60_000, assignments["replicas"]!.AsArray().SelectMany(r => r!["partitions"]!.AsArray()).Sum(p => (long)p!["nextOffset"]!));
        Assert.Equal("from 3 to 2 replicas", (string?)(await pipeline.WaitForEventAsync("scaled", 2))["detail"]);
        Assert.Contains("4 partitions, 2 replicas", (string?)(await pipeline.WaitForEventAsync("assigned", 3))["detail"]);
        Assert.Equal(1, (int)(await pipeline.StatusAsync())!["version"]!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public async Task SetReplicas_OutOfRange_IsRefused(int replicas)
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync(d => d with { State = "stopped" });
        Assert.Contains("from 1 to 1024", (string?)(await pipeline.SetReplicasAsync(replicas)).Problem(422)["detail"]);
    }

    [Fact]
    public async Task Pause_UnderLoad_StoresNothingMoreUntilResumed()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync(d => d with { Replicas = 2 });
        var sending = pipeline.SendAsync(40_000);
        await pipeline.WaitForRowsAsync(1000);
        await pipeline.RestAsync("paused");
        await sending;
        var paused = await pipeline.CountAsync();
        var held = await pipeline.AssignmentsAsync();
        await pipeline.SendAsync(1000);

        Assert.Equal(paused, await pipeline.CountAsync());
        Assert.Equal("paused", (string?)(await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}/state")).Json["state"]);
        Assert.Equal("paused", (string?)(await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}")).Json["state"]);
        Assert.Empty(held["replicas"]!.AsArray());
        Assert.Equal(paused.Stored, held["unassigned"]!.AsArray().Sum(p => (long)p!["nextOffset"]!));

        await pipeline.SetStateAsync("started");
        await pipeline.AssertStoredOnceAsync();
        await pipeline.WaitForEventAsync("paused");
        await pipeline.WaitForEventAsync("resumed");
        Assert.Empty(await pipeline.EventsAsync("started"));
    }

    [Fact]
    public async Task AddPartitions_UnderLoad_AreReadFromTheirFirstMessage()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var database = await (await _cluster.PostgresAsync()).CreateDatabaseAsync(cancellationToken: TestContext.Current.CancellationToken);
        var silo = await Operator.StartSiloAsync(scratch, database, ("PartitionRefresh", "00:00:00.5"));
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2, silo: silo);
        await pipeline.ApplyAsync();
        var sending = pipeline.SendAsync(30_000);
        await pipeline.WaitForRowsAsync(1000);
        await pipeline.Kafka.Topics.SetPartitionsAsync(pipeline.Document.Topic, 4, TestContext.Current.CancellationToken);
        await pipeline.SendRawAsync(3, [.. Enumerable.Range(0, 500).Select(_ => pipeline.NextEvent())]);
        await sending;

        await pipeline.WaitForAsync(s => s["replicas"]!.AsArray().Sum(r => r!["partitions"]!.AsArray().Count) == 4, "four partitions");
        await pipeline.AssertStoredOnceAsync();
        Assert.Equal("500", await pipeline.QueryAsync($"SELECT count() FROM {pipeline.Document.Table} WHERE kafka_partition = 3"));
        Assert.Contains("4 partitions", (string?)(await pipeline.WaitForEventAsync("assigned", 2))["detail"]);
    }
}
