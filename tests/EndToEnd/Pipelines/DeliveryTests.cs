using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Pipelines;

/// <summary>Pipelines without faults: what is sent is stored once, whatever an operator does meanwhile.</summary>
public sealed class DeliveryTests
{
    private readonly Cluster _cluster;

    public DeliveryTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Apply_NewPipeline_StoresEveryEventOnceAndSaysSo()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.SendAsync(10_000);
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(10_000);

        await pipeline.AssertStoredOnceAsync();
        var status = await pipeline.StatusAsync();
        Assert.Equal("exactlyOnce", (string?)status!["guarantee"]);
        Assert.Null(status["error"]);
        Assert.Equal(20_000, (long)status["rowsWritten"]!);
        Assert.Equal("20000\t4", await pipeline.QueryAsync($"SELECT count(), uniqExact(kafka_partition) FROM {pipeline.Document.Table} WHERE plan != '' AND ts > '2026-01-02 00:00:00' FORMAT TabSeparated"));
    }

    [Fact]
    public async Task Apply_TwoPipelinesOfOneTopic_EachStoresEverything()
    {
        var first = await _cluster.NewPipelineAsync();
        var second = await _cluster.NewPipelineAsync();
        await Task.WhenAll(first.ApplyAsync(), second.ApplyAsync());
        await Task.WhenAll(first.SendAsync(15_000), second.SendAsync(12_000));

        await Task.WhenAll(first.AssertStoredOnceAsync(), second.AssertStoredOnceAsync());
    }

    [Fact]
    public async Task Apply_TwoReplicas_ShareTheFourPartitions()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync(d => d with { Replicas = 2 });
        await pipeline.SendAsync(20_000);

        await pipeline.AssertStoredOnceAsync();
        var replicas = (await pipeline.StatusAsync())!["replicas"]!.AsArray();
        Assert.Equal([2, 2], replicas.Select(r => r!["partitions"]!.AsArray().Count));
        Assert.Equal([0, 1, 2, 3], replicas.SelectMany(r => r!["partitions"]!.AsArray()).Select(p => (int)p!["partition"]!).Order());
    }

    [Fact]
    public async Task Apply_OtherMappingUnderLoad_LosesAndDoublesNothing()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync();
        var sending = pipeline.SendAsync(60_000);
        await pipeline.WaitForRowsAsync(1000);
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} ADD COLUMN type LowCardinality(String)");
        await pipeline.ApplyAsync(d => d with { Columns = [.. d.Columns, "{ name: type, type: LowCardinality(String) }"] });
        await sending;
        await pipeline.SendAsync(1000);

        await pipeline.AssertStoredOnceAsync();
        Assert.Equal(2, (int)(await pipeline.StatusAsync())!["version"]!);
        var typed = long.Parse(await pipeline.QueryAsync($"SELECT countIf(type != '') FROM {pipeline.Document.Table}"));
        Assert.InRange(typed, 1000, 61_000);
    }

    [Fact]
    public async Task SetReplicas_UnderLoad_LosesAndDoublesNothing()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync();
        var sending = pipeline.SendAsync(60_000);
        await pipeline.WaitForRowsAsync(1000);
        await pipeline.ApplyAsync(d => d with { Replicas = 4 });
        await pipeline.WaitForAsync(s => s["replicas"]!.AsArray().Count == 4, "four replicas");
        await pipeline.ApplyAsync(d => d with { Replicas = 2 });
        await sending;

        await pipeline.AssertStoredOnceAsync();
        Assert.Equal(2, (await pipeline.StatusAsync())!["replicas"]!.AsArray().Count);
    }

    [Fact]
    public async Task Stop_UnderLoad_StoresNothingMoreUntilStarted()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync();
        var sending = pipeline.SendAsync(60_000);
        await pipeline.WaitForRowsAsync(1000);
        await pipeline.SetStateAsync("stopped");
        await pipeline.WaitForPhaseAsync("stopped");
        await sending;
        var stopped = await pipeline.CountAsync();
        await pipeline.SendAsync(1000);
        Assert.Equal(stopped, await pipeline.CountAsync());

        await pipeline.SetStateAsync("started");

        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task Delete_AndApplyAgain_StoresTheTopicAgain()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.SendAsync(5000);
        await pipeline.ApplyAsync();
        await pipeline.AssertStoredOnceAsync();

        await pipeline.DeleteAsync();
        await pipeline.ApplyAsync();

        await pipeline.WaitForRowsAsync(10_000);
        await pipeline.WaitForAsync(s => (long)s["lagRecords"]! == 0, "no lag");
        Assert.Equal((10_000, 5000), await pipeline.CountAsync());
    }
}
