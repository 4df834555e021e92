using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.DeadLetters;

/// <summary>Rows that can be decoded, and that ClickHouse refuses.</summary>
public sealed class RefusedRowTests
{
    private readonly Cluster _cluster;

    public RefusedRowTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Constraint_SomeRowsBreakIt_StoresTheOthersOnceAndKeepsThose()
    {
        var pipeline = await ConstrainedAsync("seq % 700 != 13");
        await pipeline.SendAsync(5000);
        await pipeline.ApplyAsync(d => d with { Policy = "deadLetter" });

        var refused = Enumerable.Range(0, 5000).Count(seq => seq % 700 == 13);
        await pipeline.AssertStoredOnceAsync(missing: refused);
        Assert.Equal(
            $"{refused}\t{refused}",
            await pipeline.QueryAsync($"SELECT countIf(JSONExtractUInt(payload, 'seq') % 700 = 13 AND position(reason, 'fits') > 0), count() FROM {pipeline.DeadLetterTable} FINAL FORMAT TabSeparated"));
        Assert.Equal(refused, (long)(await pipeline.StatusAsync())!["recordsRejected"]!);

        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} DROP CONSTRAINT fits");
        (await pipeline.PostLettersAsync("replay", new { })).Success();
        Assert.Equal(refused, (long)(await pipeline.WaitForReplayAsync())["replayed"]!);
        Assert.Equal((5000, 5000), await pipeline.CountAsync());
    }

    [Fact]
    public async Task Constraint_SiloKilledWhileItSplits_StoresEachOnce()
    {
        var pipeline = await ConstrainedAsync("seq % 100 != 13", await _cluster.NewSiloAsync());
        await pipeline.SendAsync(8000);
        await pipeline.ApplyAsync(d => d with { Policy = "deadLetter" });
        for (var kill = 0; kill < 3; kill++)
        {
            var before = (await pipeline.CountAsync()).Stored;
            await pipeline.WaitForRowsAsync(Math.Min(before + 200, 7900));
            await pipeline.KillSiloAsync();
        }

        await pipeline.AssertStoredOnceAsync(missing: 80);
        Assert.Equal("80\t80", await pipeline.QueryAsync($"SELECT count(), countIf(JSONExtractUInt(payload, 'seq') % 100 = 13) FROM {pipeline.DeadLetterTable} FINAL FORMAT TabSeparated"));
    }

    [Fact]
    public async Task Constraint_EveryRowBreaksIt_StaysBlockedUntilItIsRepaired()
    {
        var pipeline = await ConstrainedAsync("seq > 1000000");
        await pipeline.SendAsync(3000);
        await pipeline.ApplyAsync(d => d with { Policy = "deadLetter" });

        await pipeline.WaitForPhaseAsync("blocked", "fits", "none was accepted");
        Assert.Equal((0, 0), await pipeline.CountAsync());
        Assert.Equal("0", await pipeline.QueryAsync($"SELECT count() FROM {pipeline.DeadLetterTable}"));
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} DROP CONSTRAINT fits");

        await pipeline.WaitForAsync(s => (long)s["lagRecords"]! == 0, "no lag");
        var stored = await pipeline.CountAsync();
        var kept = long.Parse(await pipeline.QueryAsync($"SELECT count() FROM {pipeline.DeadLetterTable} FINAL"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(3000, stored.Unique + kept);
        Assert.Equal(stored.Stored, stored.Unique);
    }

    [Fact]
    public async Task Constraint_TableFeedsAView_StaysBlockedAndSaysWhy()
    {
        var pipeline = await ConstrainedAsync("seq != 13");
        var table = pipeline.Document.Table;
        await pipeline.QueryAsync($"CREATE TABLE {table}_copy (seq UInt64) ENGINE = MergeTree ORDER BY seq");
        await pipeline.QueryAsync($"CREATE MATERIALIZED VIEW {table}_view TO {table}_copy AS SELECT seq FROM {table}");
        await pipeline.SendAsync(100);
        await pipeline.ApplyAsync(d => d with { Policy = "deadLetter" });

        await pipeline.WaitForPhaseAsync("blocked", "fits", $"{table}_view");
    }

    [Fact]
    public async Task Constraint_PolicyStop_StaysBlocked()
    {
        var pipeline = await ConstrainedAsync("seq != 13");
        await pipeline.SendAsync(100);
        await pipeline.ApplyAsync();

        await pipeline.WaitForPhaseAsync("blocked", "fits");
    }

    private async Task<PipelineUnderTest> ConstrainedAsync(string check, Servers.SiloServer? silo = null)
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2, silo: silo);
        await pipeline.QueryAsync(
            $"CREATE TABLE {pipeline.Document.Table} (seq UInt64, ts DateTime64(3, 'UTC'), plan LowCardinality(String), kafka_partition Int32, kafka_offset Int64, CONSTRAINT fits CHECK {check}) "
            + "ENGINE = MergeTree ORDER BY seq SETTINGS non_replicated_deduplication_window = 10000");
        return pipeline;
    }
}
