using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClickSink.Tests.Integration.Delivery;

/// <summary>A worker whose table refuses some rows, by what servers old and new have to refuse them with.</summary>
public sealed class RefusedRowTests
{
    private readonly SharedServers _servers;

    public RefusedRowTests(SharedServers servers) => _servers = servers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("18", "d UInt64 MATERIALIZED intDiv(1000, seq % 100)", "ENGINE = MergeTree ORDER BY seq", 0)]
    [InlineData(
        "26", "d UInt64 MATERIALIZED intDiv(1000, seq % 100)",
        "ENGINE = MergeTree ORDER BY seq SETTINGS non_replicated_deduplication_window = 10000", 0)]
    [InlineData(
        "26", "d UInt8 MATERIALIZED throwIf(seq % 100 = 7)",
        "ENGINE = MergeTree ORDER BY seq SETTINGS non_replicated_deduplication_window = 10000", 7)]
    [InlineData(
        "26", "CONSTRAINT c CHECK seq % 100 != 5", "ENGINE = MergeTree ORDER BY seq SETTINGS non_replicated_deduplication_window = 10000", 5)]
    public async Task Run_RowsRefused_StoresTheOthersOnceAndKeepsThose(string server, string refusing, string engine, int rest)
    {
        const int Rows = 1000;
        var http = server == "18" ? (await _servers.ClickHouseAsync()).Http : (await _servers.EmbeddedClickHouseAsync()).Http;
        var kafka = await _servers.KafkaAsync();
        var topic = await kafka.CreateTopicAsync(partitions: 1, cancellationToken: Token);
        var source = new KafkaSourceOptions { Brokers = kafka.BootstrapServers, Topic = topic, Properties = KafkaServer.ClientSettings };
        EventProducer.Send(source, 1, new EngagementEvents(7, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)), 0, Rows, null, Token);
        var table = $"t_{Guid.NewGuid():n}";
        await http.QueryAsync($"CREATE TABLE {table} (seq UInt64, {refusing}) {engine}", cancellationToken: Token);
        var ledger = new MemoryLedger();
        ledger.Begin(1);
        var (start, handle) = ledger.Take();
        await using var worker = new PipelineWorker(
            PipelinePlan.Compile(Options(topic, kafka, http, table), 1, 1), start, handle, TimeProvider.System, NullLogger.Instance);
        worker.Start();

        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Token);
        bound.CancelAfter(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (ledger.NextOffset(0) < Rows || ledger.OpenIntents().Count > 0)
        {
            Assert.False(worker.Completion.IsCompleted || bound.IsCancellationRequested, worker.Snapshot().ToString());
            await timer.WaitForNextTickAsync(Token);
        }

        Assert.Equal(
            $"990\t990\t0",
            await http.QueryAsync(
                $"SELECT count(), uniqExact(seq), countIf(seq % 100 = {rest}) FROM {table} FORMAT TabSeparated", cancellationToken: Token));
        Assert.Equal(
            "10\t10",
            await http.QueryAsync(
                $"SELECT count(), countIf(offset % 100 = {rest}) FROM {table}_dead_letters FINAL FORMAT TabSeparated",
                cancellationToken: Token));
    }

    private static PipelineOptions Options(string topic, KafkaServer kafka, ClickHouseHttp http, string table)
    {
        var faults = new FaultList();
        var document = PipelineDocument.Read(
            $$"""
            id: refused-rows
            source: { kafka: { brokers: "{{kafka.BootstrapServers}}", topic: {{topic}}, properties: { api.version.request: "false", broker.version.fallback: 0.9.0.1 } } }
            mapping: { columns: [ { name: seq, type: UInt64, missing: reject } ] }
            sinks: [ { clickhouse: { url: "{{http.Endpoint.GetLeftPart(UriPartial.Authority)}}", table: {{table}} } } ]
            delivery: { maxRows: 400, maxWait: 200ms }
            errors: { policy: deadLetter }
            """,
            faults);
        Assert.Empty(faults);
        return document!.Options;
    }
}
