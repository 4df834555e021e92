using ClickSink.Servers.ClickHouse;
using ClickSink.Tests.EndToEnd.Stage;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Faults;

/// <summary>A range is in hand and cannot be written, and the repair is a new version of the document: that version finishes it.</summary>
public sealed class RepairByEditTests
{
    private readonly Cluster _cluster;

    public RepairByEditTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task ServerMoved_UnderLoad_NewAddressFinishesWhatWasInHand()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var first = await scratch.StartAsync("clickhouse", folder => new EmbeddedClickHouseServer(folder));
        var pipeline = await _cluster.NewPipelineAsync(clickHouse: first);
        await pipeline.ApplyAsync(d => d with { MaxRows = 500, DrainTimeout = "1s" });
        var sending = pipeline.SendAsync(20_000);
        await pipeline.WaitForRowsAsync(1000);
        await first.KillAsync();
        await first.DisposeAsync();
        await pipeline.WaitForPhaseAsync("retrying", "does not answer");
        await sending;
        File.Delete(Path.Combine(scratch.Path, "clickhouse", "embedded.port"));
        pipeline.ClickHouse = await scratch.StartAsync("clickhouse", folder => new EmbeddedClickHouseServer(folder));
        Assert.NotEqual(first.Port, pipeline.ClickHouse.Port);
        await pipeline.ApplyAsync(d => d with { ClickHouse = pipeline.ClickHouse.Http.Endpoint });

        await pipeline.AssertStoredOnceAsync();
        await pipeline.DeleteAsync();
    }

    [Fact]
    public async Task ColumnDropped_TakenOutOfTheMapping_GoesOn()
    {
        var pipeline = await BlockAsync("DROP COLUMN plan", "plan", "take it out of the mapping");
        await pipeline.ApplyAsync(d => d with { Columns = [.. d.Columns.Where(c => !c.Contains("plan", StringComparison.Ordinal))] });

        await pipeline.AssertStoredOnceAsync();
        Assert.Equal(2, (int)(await pipeline.StatusAsync())!["version"]!);
    }

    [Fact]
    public async Task ColumnOfAnotherType_MappedToIt_GoesOn()
    {
        var pipeline = await BlockAsync("DROP COLUMN plan, ADD COLUMN plan Array(UInt8)", "To do");
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} ADD COLUMN plan_text String");
        await pipeline.ApplyAsync(d => d with { Columns = [.. d.Columns.Where(c => !c.Contains("plan", StringComparison.Ordinal)), "{ name: plan_text, type: String, path: user.plan }"] });

        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task TableDropped_AnotherTable_TakesWhatWasInHand()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(1000);
        await pipeline.AssertStoredOnceAsync();
        await pipeline.QueryAsync($"DROP TABLE {pipeline.Document.Table}");
        await pipeline.SendAsync(3000);
        await pipeline.WaitForPhaseAsync("blocked", pipeline.Document.Table);
        await pipeline.ApplyAsync(d => d with { Table = $"{d.Table}_2" });

        await pipeline.AssertStoredOnceAsync(missing: 1000);
    }

    [Fact]
    public async Task Blocked_Stopped_StopsAtOnceAndGoesOnLater()
    {
        var pipeline = await BlockAsync("DROP COLUMN plan", "plan", "To do");
        await pipeline.SetStateAsync("stopped");
        await pipeline.WaitForPhaseAsync("stopped");
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} ADD COLUMN plan LowCardinality(String)");
        await pipeline.SetStateAsync("started");

        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task OtherTopic_IsRefused()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.ApplyAsync();
        var other = (pipeline.Document with { Topic = "another" }).ToYaml();
        var problem = (await pipeline.Api.SendAsync(HttpMethod.Put, $"api/pipelines/{pipeline.Id}", other)).Problem(422);
        Assert.Equal("source.kafka.topic", (string?)problem["faults"]![0]!["path"]);
    }

    // A pipeline with a range in hand that the table refuses since it was altered.
    private async Task<PipelineUnderTest> BlockAsync(string alteration, params string[] errorParts)
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(1000);
        await pipeline.AssertStoredOnceAsync();
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} {alteration}");
        await pipeline.SendAsync(3000);
        await pipeline.WaitForPhaseAsync("blocked", errorParts);
        return pipeline;
    }
}
