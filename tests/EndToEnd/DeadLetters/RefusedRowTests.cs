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
        Assert.Equal(
            "80\t80",
            await pipeline.QueryAsync($"SELECT count(), countIf(JSONExtractUInt(payload, 'seq') % 100 = 13) FROM {pipeline.DeadLetterTable} FINAL FORMAT TabSeparated"));
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
        var kept = long.Parse(
            await pipeline.QueryAsync($"SELECT count() FROM {pipeline.DeadLetterTable} FINAL"),
            System.Globalization.CultureInfo.InvariantCulture);
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

    [Fact]
    public async Task Constraint_OfTheSecondTable_StoresEachOnceInBothAndReplaysIntoTheSecondOnly()
    {
        const int Rows = 2000;
        const int Refused = Rows / 100;
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2, silo: await _cluster.NewSiloAsync());
        var table = pipeline.Document.Table;
        await pipeline.QueryAsync(
            $"CREATE TABLE {table}_second (seq UInt64, CONSTRAINT fits CHECK seq % 100 != 13) ENGINE = MergeTree ORDER BY seq SETTINGS non_replicated_deduplication_window = 10000");
        await pipeline.SendAsync(Rows);
        await pipeline.ApplyAsync(d => d with
        {
            Policy = "deadLetter",
            Errors = $", deadLetters: {{ table: {d.Table}_dead_letters }}",
            Columns = [d.Columns[0]],
            Transforms = "[{ route: { rules: [{ when: \"true\", to: [first, second] }] } }]",
            Tables = $"[{{ route: first, table: {table}_first, createTable: {{ orderBy: [seq] }} }}, {{ route: second, table: {table}_second }}]",
        });
        await pipeline.WaitForAsync(s => (long)s["recordsRejected"]! > 2, "some are refused");
        await pipeline.KillSiloAsync();

        await pipeline.WaitForAsync(s => (long)s["lagRecords"]! == 0 && (string?)s["phase"] == "running", "running without lag");
        Assert.Equal($"{Rows}\t{Rows}", await CountAsync(pipeline, "first"));
        Assert.Equal($"{Rows - Refused}\t{Rows - Refused}", await CountAsync(pipeline, "second"));
        Assert.Equal(
            $"{Refused}\t{Refused}",
            await pipeline.QueryAsync(
                $"SELECT count(), countIf(stored_routes = 'first') FROM {pipeline.DeadLetterTable} FINAL FORMAT TabSeparated"));

        // In vain at first, and together with letters that have no rows anywhere.
        await pipeline.SendRawAsync(0, "broken");
        await Until.TrueAsync(
            async () =>
                await pipeline.StatusesAsync() == $"rejected\t{Refused + 1}", async () =>
                    $"one more letter is expected; there are {await pipeline.StatusesAsync()}", TimeSpan.FromSeconds(60));
        (await pipeline.PostLettersAsync("replay", new { })).Success();
        Assert.Equal((0, Refused + 1), Counts(await pipeline.WaitForReplayAsync()));
        await pipeline.QueryAsync($"ALTER TABLE {table}_second DROP CONSTRAINT fits");
        (await pipeline.PostLettersAsync("replay", new { column = "", reason = "fits" })).Success();
        Assert.Equal((Refused, 0), Counts(await pipeline.WaitForReplayAsync()));
        Assert.Equal($"{Rows}\t{Rows}", await CountAsync(pipeline, "first"));
        Assert.Equal($"{Rows}\t{Rows}", await CountAsync(pipeline, "second"));
    }

    [Fact]
    public async Task Replay_TheSecondTableRefuses_NotesWhatTheFirstHas()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        var table = pipeline.Document.Table;
        await pipeline.QueryAsync(
            $"CREATE TABLE {table}_second (kafka_offset Int64, CONSTRAINT fits CHECK kafka_offset != 2) ENGINE = MergeTree ORDER BY kafka_offset SETTINGS non_replicated_deduplication_window = 10000");
        await pipeline.ApplyAsync(d => d with
        {
            Policy = "deadLetter",
            Errors = $", deadLetters: {{ table: {d.Table}_dead_letters }}",
            Columns = [d.Columns[0], d.Columns[4]],
            Transforms = "[{ route: { rules: [{ when: \"true\", to: [first, second] }] } }]",
            Tables = $"[{{ route: first, table: {table}_first, createTable: {{ orderBy: [kafka_offset] }} }}, {{ route: second, table: {table}_second, columns: [kafka_offset] }}]",
        });
        await pipeline.SendRawAsync(0, [.. Enumerable.Range(0, 5).Select(n => $"{{\"seq\": \"text {n}\"}}")]);
        await pipeline.WaitForRejectedAsync(5);
        await pipeline.ApplyAsync(d => d with { Columns = ["{ name: seq, type: UInt64, path: nowhere }", d.Columns[1]] });
        (await pipeline.PostLettersAsync("replay", new { })).Success();

        Assert.Equal((4, 1), Counts(await pipeline.WaitForReplayAsync()));
        Assert.Equal("5\t5", await CountAsync(pipeline, "first", "kafka_offset"));
        Assert.Equal("4\t4", await CountAsync(pipeline, "second", "kafka_offset"));
        Assert.Equal(
            "2\tfirst",
            await pipeline.QueryAsync(
                $"SELECT `offset`, stored_routes FROM {pipeline.DeadLetterTable} FINAL WHERE status = 'rejected' FORMAT TabSeparated"));
    }

    private static (long Replayed, long Rejected) Counts(System.Text.Json.Nodes.JsonNode replay) =>
        ((long)replay["replayed"]!, (long)replay["rejected"]!);

    private static Task<string> CountAsync(PipelineUnderTest pipeline, string route, string column = "seq") =>
        pipeline.QueryAsync($"SELECT count(), uniqExact({column}) FROM {pipeline.Document.Table}_{route} FORMAT TabSeparated");

    private async Task<PipelineUnderTest> ConstrainedAsync(string check, Servers.SiloServer? silo = null)
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2, silo: silo);
        await pipeline.QueryAsync(
            $"CREATE TABLE {pipeline.Document.Table} (seq UInt64, ts DateTime64(3, 'UTC'), plan LowCardinality(String), kafka_partition Int32, kafka_offset Int64, CONSTRAINT fits CHECK {check}) "
            + "ENGINE = MergeTree ORDER BY seq SETTINGS non_replicated_deduplication_window = 10000");
        return pipeline;
    }
}
