using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Setup;
using ClickSink.Engine.Sinks.ClickHouse;
using ClickSink.Engine.Sinks.ClickHouse.Tables;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Sources.Kafka.Native;
using ClickSink.Engine.Sources.Kafka.Sampling;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Tests.Shared;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClickSink.Tests.Integration.Setup;

/// <summary>From a topic that nobody has described to its rows in a table: what is proposed is put in place as it is.</summary>
public sealed class SetupInferenceTests
{
    private const int Messages = 60;
    private readonly SharedServers _servers;

    public SetupInferenceTests(SharedServers servers) => _servers = servers;

    [Fact]
    public async Task Propose_EmbeddedClickHouse_StoresEveryMessageAsItWas()
    {
        var (proposal, http, table) = await ProposeAndRunAsync((await _servers.EmbeddedClickHouseAsync()).Http);

        var types = proposal.Inference.Fields.ToDictionary(field => field.Column, field => field.Type);
        Assert.Equal("DateTime64(3, 'UTC')", types["created_at"]);
        Assert.Equal("LowCardinality(String)", types["plan"]);
        Assert.Equal("Bool", types["paid"]);
        Assert.Equal(["plan", "created_at", "id"], proposal.Table!.Options.OrderBy);
        Assert.Contains("non_replicated_deduplication_window", proposal.Table.Statement);
        await AssertStoredAsync(
            http, table,
            $"SELECT count(), uniqExact(id), sum(amount), countIf(paid), sum(user_age), countIf(note IS NULL), countIf(mixed = '7'), toString(max(created_at)) FROM {table}");
    }

    [Fact]
    public async Task Propose_ClickHouse18_KeepsToItsTypes()
    {
        var (proposal, http, table) = await ProposeAndRunAsync((await _servers.ClickHouseAsync()).Http);

        var types = proposal.Inference.Fields.ToDictionary(field => field.Column, field => field.Type);
        Assert.Equal("String", types["created_at"]);
        Assert.Equal("UInt8", types["paid"]);
        Assert.Contains(
            proposal.Table!.Choices,
            choice => choice.Reason.Contains("does not recognise an insert that comes twice", StringComparison.Ordinal));
        await AssertStoredAsync(
            http, table,
            $"SELECT count(), uniqExact(id), sum(amount), sum(paid), sum(user_age), countIf(note IS NULL), countIf(mixed = '7'), replaceAll(replaceAll(max(created_at), 'T', ' '), 'Z', '') FROM {table}");
    }

    [Fact]
    public async Task Propose_TableIsThere_TellsTheDifferences()
    {
        var server = await _servers.EmbeddedClickHouseAsync();
        var table = $"t_{Guid.NewGuid():n}";
        await server.Http.QueryAsync(
            $"CREATE TABLE {table} (id UUID) ENGINE = MergeTree ORDER BY id", cancellationToken: TestContext.Current.CancellationToken);
        var request = await RequestAsync(server.Http, table);
        var proposal = await SetupInference.ProposeAsync(request, NullLogger.Instance, TestContext.Current.CancellationToken);

        Assert.Null(proposal.Table);
        Assert.Contains(proposal.Differences, d => d is { Kind: DifferenceKind.MissingColumn, Column: "plan" });
        Assert.Null(proposal.Document["sinks"]![0]!["clickhouse"]!["createTable"]);
        var rows = SetupChecks.Compile(proposal.Inference.Mapping);
        var report = Assert.Single(await SetupChecks.TablesAsync(request.Clickhouse!, rows, TestContext.Current.CancellationToken));
        Assert.False(report.Ok);
        foreach (var difference in report.Differences.Where(d => d.Statement is not null))
            await server.Http.QueryAsync(difference.Statement!, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(Assert.Single(await SetupChecks.TablesAsync(request.Clickhouse!, rows, TestContext.Current.CancellationToken)).Ok);
    }

    private static string Message(int i)
    {
        var note = i % 3 == 0 ? "" : ",\"note\":null";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)}}","created_at":"2026-11-21T10:11:{{i:00}}.250Z","plan":"p{{i % 2}}","amount":{{i}}.50,"paid":{{(i % 2 == 0 ? "true" : "false")}},"user":{"age":{{i}}},"mixed":{{(i % 4 == 0 ? "7" : "\"x\"")}}{{note}}}""");
    }

    private static async Task AssertStoredAsync(ClickHouseHttp http, string table, string query)
    {
        var found = (await http.QueryAsync($"{query} FORMAT TabSeparated", cancellationToken: TestContext.Current.CancellationToken))
            .Split('\t');
        var sum = Messages * (Messages - 1) / 2;
        Assert.Equal([$"{Messages}", $"{Messages}"], found[..2]);
        Assert.Equal(sum + (0.5 * Messages), double.Parse(found[2], CultureInfo.InvariantCulture));
        Assert.Equal([$"{Messages / 2}", $"{sum}", $"{Messages}", $"{Messages / 4}", "2026-11-21 10:11:59.250"], found[3..]);
        await http.QueryAsync($"DROP TABLE {table}", cancellationToken: TestContext.Current.CancellationToken);
    }

    private async Task<(SetupProposal Proposal, ClickHouseHttp Http, string Table)> ProposeAndRunAsync(ClickHouseHttp http)
    {
        var table = $"t_{Guid.NewGuid():n}";
        var request = await RequestAsync(http, table);
        var proposal = await SetupInference.ProposeAsync(request, NullLogger.Instance, TestContext.Current.CancellationToken);
        Assert.Empty(proposal.Inference.Unreadable);

        var faults = new FaultList();
        var document = PipelineDocument.Read(proposal.Document.ToJsonString(), faults);
        Assert.Empty(faults);
        var report = await SetupChecks.DocumentAsync(
            document!.Options, new SampleOptions(), NullLogger.Instance, TestContext.Current.CancellationToken);
        Assert.True(report.Ok, JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(report))!.ToJsonString());
        Assert.Equal(Messages, report.Messages!.Rows);

        var ledger = new MemoryLedger();
        ledger.Begin(1);
        var (start, handle) = ledger.Take();
        await using var worker = new PipelineWorker(
            PipelinePlan.Compile(document.Options, 1, 1), start, handle, TimeProvider.System, NullLogger.Instance);
        worker.Start();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var tick = 0; ledger.NextOffset(0) < Messages; tick++)
        {
            Assert.False(worker.Completion.IsCompleted || tick > 600, worker.Snapshot().ToString());
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        worker.Drain();
        await worker.Completion;
        return (proposal, http, table);
    }

    private async Task<SetupRequest> RequestAsync(ClickHouseHttp http, string table)
    {
        LibRdKafka.EnsureLoaded();
        var kafka = await _servers.KafkaAsync();
        var topic = await kafka.CreateTopicAsync(partitions: 1, cancellationToken: TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string>(KafkaServer.ClientSettings) { ["bootstrap.servers"] = kafka.BootstrapServers };
        using (var producer = new ProducerBuilder<Null, byte[]>(settings).SetLogHandler((_, _) => { }).Build())
        {
            for (var i = 0; i < Messages; i++)
                producer.Produce(topic, new Message<Null, byte[]> { Value = Encoding.UTF8.GetBytes(Message(i)) });
            producer.Flush(TestContext.Current.CancellationToken);
        }

        return new SetupRequest
        {
            Kafka = new KafkaSourceOptions { Brokers = kafka.BootstrapServers, Topic = topic, Properties = KafkaServer.ClientSettings },
            Clickhouse = new ClickHouseSinkOptions { Url = http.Endpoint.GetLeftPart(UriPartial.Authority), Table = table },
            Sample = new SampleOptions { Count = 1000 },
        };
    }
}
