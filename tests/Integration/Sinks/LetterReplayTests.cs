using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using ClickSink.Servers.ClickHouse;
using ClickSink.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClickSink.Tests.Integration.Sinks;

/// <summary>Chunks of a replay, between a real table of dead letters and a real table of rows.</summary>
public sealed class LetterReplayTests
{
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1_795_000_000);
    private readonly SharedServers _servers;
    private readonly string _table = $"t_{Guid.NewGuid():n}";

    public LetterReplayTests(SharedServers servers) => _servers = servers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("18")]
    [InlineData("26")]
    public async Task Write_GoodAndBad_StoresTheGoodAndNotesBoth(string server)
    {
        var http = await ServerAsync(server, "CHECK_NONE");
        await using var replay = await FilledAsync(http, """{"n":1}""", "broken", """{"n":"x"}""", """{"n":4}""");
        var keys = await NextAsync(replay);

        var written = await replay.WriteAsync("job", 1, keys, Token);

        Assert.Equal((SinkOutcome.Done, 2, 2), (written.Outcome, written.Replayed, written.Rejected));
        Assert.Equal("1:0\n4:3", await RowsAsync(http));
        Assert.Equal([1L, 2L], (await NextAsync(replay)).Select(k => k.Offset));
        Assert.Equal(
            "0\treplayed\tformer\t1\n1\trejected\t\t1\n2\trejected\tn\t1\n3\treplayed\tformer\t1",
            await http.QueryAsync(
                $"SELECT `offset`, status, `column`, attempts FROM {_table}_dead FINAL ORDER BY `offset` FORMAT TabSeparated",
                cancellationToken: Token));
    }

    [Fact]
    public async Task Write_SameChunkAgain_StoresOnceAndCountsTheSame()
    {
        var http = await ServerAsync("26", "CHECK_NONE");
        await using var replay = await FilledAsync(http, """{"n":1}""", "broken");
        var keys = await NextAsync(replay);
        await replay.WriteAsync("job", 1, keys, Token);

        var again = await replay.WriteAsync("job", 1, keys, Token);

        Assert.Equal((SinkOutcome.Done, 1, 1), (again.Outcome, again.Replayed, again.Rejected));
        Assert.Equal("1:0", await RowsAsync(http));
    }

    [Fact]
    public async Task Write_DiesBeforeItIsNoted_StoresOnce()
    {
        var http = await ServerAsync("26", "CHECK_NONE");
        await using var replay = await FilledAsync(http, """{"n":1}""", """{"n":2}""");
        var keys = await NextAsync(replay);
        await replay.WriteAsync("job", 1, keys, Token);
        // As if the notes had not arrived.
        await http.QueryAsync(
            $"ALTER TABLE {_table}_dead DELETE WHERE status = 'replayed' SETTINGS mutations_sync = 2", cancellationToken: Token);
        await http.QueryAsync(
            $"INSERT INTO {_table}_dead (pipeline, topic, partition, offset, version, payload) SELECT 'p', 't', 0, number, {keys[0].Version}, concat('{{\"n\":', toString(number + 1), '}}') FROM numbers(2)", cancellationToken: Token);

        var again = await replay.WriteAsync("job", 1, keys, Token);

        Assert.Equal(2, again.Replayed);
        Assert.Equal("1:0\n2:1", await RowsAsync(http));
    }

    [Fact]
    public async Task Write_LetterDiscardedMeanwhile_IsLeftOut()
    {
        var http = await ServerAsync("26", "CHECK_NONE");
        await using var replay = await FilledAsync(http, """{"n":1}""", """{"n":2}""");
        var keys = await NextAsync(replay);
        await using (var table = Letters(http)) Assert.Equal(
            1, (await table.DiscardAsync(new DeadLetterFilter { ToOffset = 0 }, Token)).Count);

        var written = await replay.WriteAsync("job", 1, keys, Token);

        Assert.Equal((1, 0), (written.Replayed, written.Rejected));
        Assert.Equal("2:1", await RowsAsync(http));
    }

    [Fact]
    public async Task Write_RowThatTheTableRefuses_IsRefusedUntilItIsAlone()
    {
        var http = await ServerAsync("26", "CONSTRAINT small CHECK n < 10");
        await using var replay = await FilledAsync(http, """{"n":1}""", """{"n":20}""");
        var keys = await NextAsync(replay);

        Assert.Equal(SinkOutcomeKind.Refused, (await replay.WriteAsync("job", 1, keys, Token)).Outcome.Kind);
        Assert.Equal("", await RowsAsync(http));
        Assert.Equal(1, (await replay.WriteAsync("job", 2, [keys[0]], Token)).Replayed);
        Assert.Equal(1, (await replay.WriteAsync("job", 3, [keys[1]], Token)).Rejected);

        Assert.Equal("1:0", await RowsAsync(http));
        Assert.Contains(
            "small",
            await http.QueryAsync($"SELECT reason FROM {_table}_dead FINAL WHERE status = 'rejected' FORMAT TabSeparated", cancellationToken: Token));
    }

    [Fact]
    public async Task Write_CutPayload_StaysALetterAndSaysWhy()
    {
        var http = await ServerAsync("26", "CHECK_NONE");
        await using var replay = await FilledAsync(http, """{"n":1}""");
        await http.QueryAsync(
            $"INSERT INTO {_table}_dead (pipeline, topic, partition, offset, version, payload, payload_bytes) VALUES ('p', 't', 1, 5, 1, '{{\"n\":', 900)", cancellationToken: Token);

        var written = await replay.WriteAsync("job", 1, await NextAsync(replay), Token);

        Assert.Equal((1, 1), (written.Replayed, written.Rejected));
        Assert.Contains(
            "only 5 of the message's 900 bytes",
            await http.QueryAsync($"SELECT reason FROM {_table}_dead FINAL WHERE `offset` = 5 FORMAT TSVRaw", cancellationToken: Token));
    }

    private async Task<ClickHouseHttp> ServerAsync(string server, string constraint)
    {
        var http = server == "18" ? (await _servers.ClickHouseAsync()).Http : (await _servers.EmbeddedClickHouseAsync()).Http;
        var settings = server == "18" ? "" : "SETTINGS non_replicated_deduplication_window = 100";
        await http.QueryAsync(
            $"CREATE TABLE {_table} (n UInt64, at Int64{(constraint == "CHECK_NONE" ? "" : $", {constraint}")}) ENGINE = MergeTree ORDER BY n {settings}", cancellationToken: Token);
        return http;
    }

    private async Task<LetterReplay> FilledAsync(ClickHouseHttp http, params string[] payloads)
    {
        await using var table = Letters(http);
        var letters = payloads.Select((payload, offset) => new StoredLetter
        {
            Letter = new DeadLetter(0, offset, 0, "because", "former", "", "", [], System.Text.Encoding.UTF8.GetBytes(payload)), Version = StoredLetter.FirstVersion(5), RejectedAt = Then, UpdatedAt = Then,
        });
        Assert.Equal(SinkOutcome.Done, await table.UpdateAsync([.. letters], Token));
        return new LetterReplay(Options(http), 3, TimeProvider.System, NullLogger.Instance);
    }

    private static async Task<IReadOnlyList<LetterKey>> NextAsync(LetterReplay replay)
    {
        var (outcome, keys) = await replay.NextAsync(new DeadLetterFilter(), null, 100, Token);
        Assert.Equal(SinkOutcome.Done, outcome);
        return keys;
    }

    private Task<string> RowsAsync(ClickHouseHttp http) =>
        http.QueryAsync(
            $"SELECT concat(toString(n), ':', toString(at)) FROM {_table} ORDER BY n FORMAT TabSeparated", cancellationToken: Token);

    private IDeadLetterTable Letters(ClickHouseHttp http) =>
        Engine.Delivery.PipelinePlan.Compile(Options(http), 1, 5).CreateDeadLetterTable(NullLogger.Instance);

    private PipelineOptions Options(ClickHouseHttp http)
    {
        var faults = new FaultList();
        var document = PipelineDocument.Read(
            $$"""
            id: p
            source: { kafka: { brokers: "b:1", topic: t } }
            mapping: { columns: [ { name: n, type: UInt64, missing: reject }, { name: at, type: Int64, path: $kafka.offset } ] }
            sinks: [ { clickhouse: { url: "{{http.Endpoint.GetLeftPart(UriPartial.Authority)}}", table: {{_table}} } } ]
            errors: { policy: deadLetter, deadLetters: { table: {{_table}}_dead } }
            """,
            faults);
        Assert.Empty(faults);
        return document!.Options;
    }
}
