using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sinks.ClickHouse;
using ClickSink.Engine.Sinks.ClickHouse.Tables;
using ClickSink.Servers.ClickHouse;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Sinks;

/// <summary>What real servers say of themselves and of their tables: the current engine, and 18.16, which knows much less.</summary>
public sealed class ClickHouseInspectorTests
{
    private readonly SharedServers _servers;

    public ClickHouseInspectorTests(SharedServers servers) => _servers = servers;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Table_RealServer_TellsColumnsKeysAndSize(bool isOld)
    {
        var (http, inspector) = await ServerAsync(isOld);
        using var questions = inspector;
        var database = $"d_{Guid.NewGuid():n}";
        await Run(http, $"CREATE DATABASE {database}");
        await Run(
            http,
            $"CREATE TABLE {database}.`my table` (a UInt64, b Nullable(String), c Date DEFAULT today(), d UInt64 MATERIALIZED a + 1, e UInt64 ALIAS a * 2) ENGINE = MergeTree PARTITION BY toYYYYMM(c) ORDER BY (c, a)");
        await Run(http, $"INSERT INTO {database}.`my table` (a, b) SELECT number, toString(number) FROM system.numbers LIMIT 10");

        var table = await inspector.TableAsync(database, "my table", TestContext.Current.CancellationToken);

        Assert.NotNull(table);
        Assert.Equal(("MergeTree", "c, a", "toYYYYMM(c)", 10L), (table.Engine, table.SortingKey, table.PartitionKey, table.Rows));
        Assert.True(table.Bytes > 0);
        Assert.Equal(["a", "b", "c", "d", "e"], table.Columns.Select(c => c.Name));
        Assert.Equal(["UInt64", "Nullable(String)", "Date", "UInt64", "UInt64"], table.Columns.Select(c => c.Type));
        Assert.Equal(["", "", "DEFAULT", "MATERIALIZED", "ALIAS"], table.Columns.Select(c => c.DefaultKind));
        Assert.Equal(GuaranteeLevel.AtLeastOnce, table.Guarantee.Level);
        var listed = Assert.Single(await inspector.TablesAsync(database, TestContext.Current.CancellationToken));
        Assert.Equal(("my table", "MergeTree", 10L), (listed.Name, listed.Engine, listed.Rows));
        Assert.Contains(database, await inspector.DatabasesAsync(TestContext.Current.CancellationToken));
        Assert.Null(await inspector.TableAsync(database, "no such table", TestContext.Current.CancellationToken));
        await Run(http, $"DROP DATABASE {database}");
    }

    [Fact]
    public async Task Server_OldAndNew_TellTheirTypes()
    {
        var (_, old) = await ServerAsync(isOld: true);
        using (old)
        {
            var facts = await old.ServerAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("18.16", facts.Version);
            Assert.Equal((false, false), (facts.HasToken, facts.HasWindow));
            Assert.Contains("UUID", facts.TypeFamilies);
            Assert.DoesNotContain("DateTime64", facts.TypeFamilies);
        }

        var (_, present) = await ServerAsync(isOld: false);
        using (present)
        {
            var facts = await present.ServerAsync(TestContext.Current.CancellationToken);
            Assert.Equal((true, true), (facts.HasToken, facts.HasWindow));
            Assert.Superset(
                new HashSet<string> { "DateTime64", "Bool", "LowCardinality", "Nullable", "Decimal", "IPv4", "Map" },
                facts.TypeFamilies.ToHashSet());
        }
    }

    [Fact]
    public async Task Fix_OfEachDifference_MakesTheTableFit()
    {
        var (http, inspector) = await ServerAsync(isOld: false);
        using var questions = inspector;
        var name = $"t_{Guid.NewGuid():n}";
        await Run(http, $"CREATE TABLE {name} (a Int32, b String, c UInt8) ENGINE = MergeTree ORDER BY b");
        var faults = new List<Engine.Pipelines.Fault>();
        Assert.True(Engine.Mapping.MappingPlan.TryCompile(
            new() { Columns = [new() { Name = "a", Type = "Int64" }, new() { Name = "c", Type = "Nullable(UInt8)" }, new() { Name = "new one", Type = "UUID" }, new() { Name = "b", Type = "String" }] }, out var plan, faults));
        var before = TableCheck.Compare((await inspector.TableAsync("default", name, TestContext.Current.CancellationToken))!, plan);
        Assert.Equal(
            [DifferenceKind.MissingColumn, DifferenceKind.MissingNull, DifferenceKind.NarrowerType, DifferenceKind.NoDeduplication], before.Select(d => d.Kind).Order().OrderBy(k => k.ToString(), StringComparer.Ordinal));

        foreach (var difference in before)
            await inspector.ExecuteAsync(difference.Statement!, difference.Message, TestContext.Current.CancellationToken);

        Assert.Empty(TableCheck.Compare((await inspector.TableAsync("default", name, TestContext.Current.CancellationToken))!, plan));
        await Run(http, $"DROP TABLE {name}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_TableLacksAddedColumns_AddsThemAndNoOthers(bool isOld)
    {
        var (http, inspector) = await ServerAsync(isOld);
        using var questions = inspector;
        var name = $"t_{Guid.NewGuid():n}";
        await Run(http, $"CREATE TABLE {name} (a UInt8) ENGINE = MergeTree ORDER BY a");
        Engine.Mapping.ColumnMapping[] columns = [new() { Name = "a", Type = "UInt8" }, new() { Name = "b c", Type = "Nullable(String)", Added = true }, new() { Name = "d", Type = "Nullable(Int64)", Added = true }];

        // Two at the same time, as replicas do; whoever is late finds the columns there.
        foreach (var outcome in await Task.WhenAll(OpenAsync(http, name, columns), OpenAsync(http, name, columns)))
            Assert.True(outcome.Kind is SinkOutcomeKind.Done, outcome.Error);
        Assert.Equal(
            ["a", "b c", "d"],
            (await inspector.TableAsync("default", name, TestContext.Current.CancellationToken))!.Columns.Select(c => c.Name));

        var refused = await OpenAsync(http, name, [.. columns, new() { Name = "e", Type = "UInt8" }]);
        Assert.Equal(SinkOutcomeKind.Blocked, refused.Kind);
        Assert.Contains("ADD COLUMN `e` UInt8", refused.Error);
        await Run(http, $"DROP TABLE {name}");
    }

    [Fact]
    public async Task Questions_NobodyAnswersOrRefused_SayWhatToDo()
    {
        using var nobody = new ClickHouseInspector(new ClickHouseSinkOptions { Url = "http://127.0.0.1:1" }, TimeSpan.FromSeconds(2));
        var away = await Assert.ThrowsAsync<ClickHouseInquiryException>(() => nobody.ServerAsync(TestContext.Current.CancellationToken));
        Assert.False(away.IsRefused);
        Assert.Contains("127.0.0.1:1", away.Message);

        var server = await _servers.ClickHouseAsync();
        using var stranger = new ClickHouseInspector(
            Options(server.Http) with { User = "stranger", Password = new("very secret") }, TimeSpan.FromSeconds(5));
        var refused = await Assert.ThrowsAsync<ClickHouseInquiryException>(
            () => stranger.ServerAsync(TestContext.Current.CancellationToken));
        Assert.True(refused.IsRefused);
        Assert.Contains("correct the sink's user", refused.Message);
        Assert.DoesNotContain("very secret", refused.Message);
    }

    private static async Task<SinkOutcome> OpenAsync(ClickHouseHttp http, string table, Engine.Mapping.ColumnMapping[] columns)
    {
        var options = new Engine.Pipelines.PipelineOptions
        {
            Id = "p",
            Source = new() { Kafka = new() { Brokers = "b:1", Topic = "t" } },
            Mapping = new() { Columns = columns },
            Sinks = [new() { Name = "clickhouse", Kind = "clickhouse", Options = Options(http) with { Table = table } }],
        };
        await using var sink = Engine.Delivery.PipelinePlan.Compile(options, 1, 1)
            .CreateSink(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var outcome = await sink.OpenAsync(TestContext.Current.CancellationToken);
        // An alteration under way by the other one passes by itself, and a worker tries again.
        for (var i = 0; i < 20 && outcome.Kind is SinkOutcomeKind.Retry; i++)
            outcome = await sink.OpenAsync(TestContext.Current.CancellationToken);
        return outcome;
    }

    private static ClickHouseSinkOptions Options(ClickHouseHttp http) => new() { Url = http.Endpoint.GetLeftPart(UriPartial.Authority) };

    private static Task<string> Run(ClickHouseHttp http, string statement) =>
        http.QueryAsync(statement, cancellationToken: TestContext.Current.CancellationToken);

    private async Task<(ClickHouseHttp Http, ClickHouseInspector Inspector)> ServerAsync(bool isOld)
    {
        var http = isOld ? (await _servers.ClickHouseAsync()).Http : (await _servers.EmbeddedClickHouseAsync()).Http;
        return (http, new ClickHouseInspector(Options(http), TimeSpan.FromSeconds(10)));
    }
}
