using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using ClickSink.Servers.ClickHouse;
using ClickSink.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClickSink.Tests.Integration.Sinks;

/// <summary>The table of dead letters on real servers, old and new.</summary>
public sealed class DeadLetterTableTests
{
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1_795_000_000);
    private readonly SharedServers _servers;
    private readonly string _table = $"t_{Guid.NewGuid():n}";

    public DeadLetterTableTests(SharedServers servers) => _servers = servers;

    public static TheoryData<string> Servers => ["18", "26"];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Letters_StoredAndRead_AreTheSame(string server)
    {
        await using var table = Table(await ServerAsync(server));
        var letter = Letter(1, 7, "seq") with
        {
            Letter = new DeadLetter(1, 7, 1_795_000_000_123, "it's\ta \\ reason\n", "seq", "a.b", "größer", [0, 255, 10], [1, 2, 0, 9, 92]) { PayloadBytes = 50 },
            Attempts = 2, Replay = "r1", PipelineVersion = 3, Status = DeadLetterStatus.Replayed,
        };
        Done(await table.UpdateAsync([letter], Token));

        var (outcome, found) = await table.ListAsync(new DeadLetterFilter(), null, 10, 3, Token);

        Done(outcome);
        var back = Assert.Single(found);
        Assert.Equal(letter with { Letter = back.Letter }, back);
        Assert.Equal(letter.Letter with { Key = back.Letter.Key, Payload = back.Letter.Payload }, back.Letter);
        Assert.Equal<byte>([0, 255, 10], back.Letter.Key);
        Assert.Equal<byte>([1, 2, 0], back.Letter.Payload);
        Assert.Equal<byte>(
            letter.Letter.Payload, (await table.ReadAsync([new LetterKey(1, 7, letter.Version)], Token)).Letters.Single().Letter.Payload);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Letters_SeveralStates_TheHighestVersionCounts(string server)
    {
        await using var table = Table(await ServerAsync(server));
        Done(await table.UpdateAsync([Letter(0, 1, "a"), Letter(0, 2, "a"), Letter(1, 1, "b")], Token));
        var resolved = Letter(0, 2, "a") with { Status = DeadLetterStatus.Replayed, Version = StoredLetter.FirstVersion(5) + 1 };
        Done(await table.UpdateAsync([resolved], Token));
        // As a crash has it: the same state again, and the first one after the second.
        Done(await table.UpdateAsync([resolved, Letter(0, 1, "a"), Letter(0, 2, "a")], Token));

        var (_, waiting) = await table.ListKeysAsync(
            new DeadLetterFilter { Status = DeadLetterStatus.Rejected }, null, 10, long.MaxValue, Token);
        Assert.Equal([(0, 1L), (1, 1L)], waiting.Select(k => (k.Partition, k.Offset)));
        var (_, counts) = await table.CountAsync(new DeadLetterFilter(), Token);
        Assert.Equal(
            [(DeadLetterStatus.Rejected, "a", 1L), (DeadLetterStatus.Replayed, "a", 1L), (DeadLetterStatus.Rejected, "b", 1L)],
            counts.Select(c => (c.Status, c.Column, c.Count)).OrderBy(c => c.Column).ThenBy(c => c.Status));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Filters_Each_FindsItsOwn(string server)
    {
        await using var table = Table(await ServerAsync(server));
        Done(await table.UpdateAsync(
            [Letter(0, 1, "a"), Letter(0, 5, "b", "Out of RANGE"), Letter(1, 9, ""), Letter(1, 10, "a") with { RejectedAt = Then.AddHours(1) }], Token));
        async Task<string> Find(DeadLetterFilter filter, (int, long)? after = null, int limit = 10, long maxBytes = long.MaxValue) =>
            string.Join(
                ' ', (await table.ListKeysAsync(filter, after, limit, maxBytes, Token)).Keys.Select(k => $"{k.Partition}:{k.Offset}"));

        Assert.Equal("0:1 1:10", await Find(new DeadLetterFilter { Column = "a" }));
        Assert.Equal("1:9", await Find(new DeadLetterFilter { Column = "" }));
        Assert.Equal("0:5", await Find(new DeadLetterFilter { Reason = "range" }));
        Assert.Equal("1:9 1:10", await Find(new DeadLetterFilter { Partition = 1 }));
        Assert.Equal("0:5 1:9", await Find(new DeadLetterFilter { FromOffset = 5, ToOffset = 9 }));
        Assert.Equal("1:10", await Find(new DeadLetterFilter { Since = Then.AddMinutes(1) }));
        Assert.Equal("0:1 0:5 1:9", await Find(new DeadLetterFilter { Until = Then }));
        Assert.Equal("1:9 1:10", await Find(new DeadLetterFilter(), (0, 5)));
        Assert.Equal("0:5", await Find(new DeadLetterFilter(), (0, 1), limit: 1));
        Assert.Equal("0:1 0:5", await Find(new DeadLetterFilter(), maxBytes: 9));
        Assert.Equal("0:1", await Find(new DeadLetterFilter(), maxBytes: 1));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Discard_SomeOfThem_KeepsTheirBytesAndLeavesTheOthers(string server)
    {
        await using var table = Table(await ServerAsync(server));
        Done(await table.UpdateAsync(
            [Letter(0, 1, "a"), Letter(0, 2, "b"), Letter(0, 3, "a") with { Status = DeadLetterStatus.Replayed }], Token));

        var (outcome, count) = await table.DiscardAsync(new DeadLetterFilter { Column = "a" }, Token);

        Done(outcome);
        Assert.Equal(1, count);
        var (_, found) = await table.ListAsync(new DeadLetterFilter(), null, 10, 100, Token);
        Assert.Equal([DeadLetterStatus.Discarded, DeadLetterStatus.Rejected, DeadLetterStatus.Replayed], found.Select(l => l.Status));
        Assert.Equal(Letter(0, 1, "a").Letter.Payload, found[0].Letter.Payload);
        Assert.Equal(0, (await table.DiscardAsync(new DeadLetterFilter { Column = "a" }, Token)).Count);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Open_TableOfAFormerRelease_GetsWhatItLacks(string server)
    {
        var http = await ServerAsync(server);
        await http.QueryAsync(
            $"CREATE TABLE {_table} (pipeline String, topic String, partition Int32, offset Int64, timestamp DateTime, rejected_at DateTime, reason String, column String, path String, "
            + "value String, key String, payload String) ENGINE = MergeTree PARTITION BY toYYYYMM(rejected_at) ORDER BY (pipeline, rejected_at, partition, offset)", cancellationToken: Token);
        await http.QueryAsync(
            $"INSERT INTO {_table} VALUES ('p', 't', 3, 4, 1000, 2000, 'r', 'c', 'x', 'v', 'k', 'load')", cancellationToken: Token);
        await using var table = Table(http);

        var (outcome, found) = await table.ListAsync(new DeadLetterFilter { Status = DeadLetterStatus.Rejected }, null, 10, 100, Token);

        Done(outcome);
        var old = Assert.Single(found);
        Assert.Equal(
            (3, 4L, 1_000_000L, 4L, 0UL, 2000L),
            (old.Letter.Partition, old.Letter.Offset, old.Letter.TimestampMilliseconds, old.Letter.PayloadBytes, old.Version, old.UpdatedAt.ToUnixTimeSeconds()));
        Done(await table.UpdateAsync([old with { Status = DeadLetterStatus.Replayed, Version = 1 }], Token));
        Assert.Empty((await table.ListAsync(new DeadLetterFilter { Status = DeadLetterStatus.Rejected }, null, 10, 100, Token)).Letters);
    }

    [Fact]
    public async Task Open_TableOfSomethingElse_IsRefusedWithWhatToDo()
    {
        var http = await ServerAsync("26");
        await http.QueryAsync($"CREATE TABLE {_table} (pipeline String) ENGINE = MergeTree ORDER BY pipeline", cancellationToken: Token);
        await using var table = Table(http);
        var (outcome, _) = await table.ListAsync(new DeadLetterFilter(), null, 1, 1, Token);
        Assert.Equal(SinkOutcomeKind.Blocked, outcome.Kind);
        Assert.Contains("errors.deadLetters.table", outcome.Error);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void Done(SinkOutcome outcome) => Assert.Equal(SinkOutcome.Done, outcome);

    private static StoredLetter Letter(int partition, long offset, string column, string reason = "r") => new()
    {
        Letter = new DeadLetter(partition, offset, 0, reason, column, column, "v", [], "load"u8.ToArray()), Version = StoredLetter.FirstVersion(5), RejectedAt = Then, UpdatedAt = Then,
    };

    private async Task<ClickHouseHttp> ServerAsync(string server) =>
        server == "18" ? (await _servers.ClickHouseAsync()).Http : (await _servers.EmbeddedClickHouseAsync()).Http;

    private IDeadLetterTable Table(ClickHouseHttp http)
    {
        var faults = new FaultList();
        var document = PipelineDocument.Read(
            $$"""
            id: p
            source: { kafka: { brokers: "b:1", topic: t } }
            mapping: { columns: [ { name: n, type: UInt64 } ] }
            sinks: [ { clickhouse: { url: "{{http.Endpoint.GetLeftPart(UriPartial.Authority)}}", table: rows } } ]
            errors: { policy: deadLetter, deadLetters: { table: {{_table}} } }
            """,
            faults);
        Assert.Empty(faults);
        return PipelinePlan.Compile(document!.Options, 1, 5).CreateDeadLetterTable(NullLogger.Instance);
    }
}
