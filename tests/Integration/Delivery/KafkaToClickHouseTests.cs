using System.Globalization;
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

/// <summary>A worker between a real broker and a real server, without a cluster around it.</summary>
public sealed class KafkaToClickHouseTests
{
    private const int Partitions = 3;
    private readonly SharedServers _servers;

    public KafkaToClickHouseTests(SharedServers servers) => _servers = servers;

    [Fact]
    public async Task Run_ClickHouse18_StoresEveryEventAndTellsTheGuarantee()
    {
        var server = await _servers.ClickHouseAsync();
        var snapshot = await MoveAsync(server.Http, "DateTime('UTC')", "UInt8", "allow_experimental_low_cardinality_type: 1", rows: 30_000);

        Assert.Equal("AtLeastOnce", snapshot.Guarantee?.Level.ToString());
        Assert.Contains("insert_deduplication_token", snapshot.Guarantee?.Reason);
    }

    [Fact]
    public async Task Run_EmbeddedClickHouse_StoresEveryEventExactlyOnce()
    {
        var server = await _servers.EmbeddedClickHouseAsync();
        var snapshot = await MoveAsync(server.Http, "DateTime64(3, 'UTC')", "Bool", "", rows: 30_000);

        Assert.Equal("ExactlyOnce", snapshot.Guarantee?.Level.ToString());
    }

    private async Task<WorkerSnapshot> MoveAsync(ClickHouseHttp clickHouse, string timeType, string boolType, string settings, long rows)
    {
        var kafka = await _servers.KafkaAsync();
        var topic = await kafka.CreateTopicAsync(partitions: Partitions, cancellationToken: TestContext.Current.CancellationToken);
        var source = new KafkaSourceOptions { Brokers = kafka.BootstrapServers, Topic = topic, Properties = KafkaServer.ClientSettings };
        EventProducer.Send(source, Partitions, new EngagementEvents(7, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)), 0, rows, null, TestContext.Current.CancellationToken);
        var table = $"t_{Guid.NewGuid():n}";
        var document = Document(topic, kafka.BootstrapServers, clickHouse.Endpoint, table, timeType, boolType, settings);
        var ledger = new MemoryLedger();
        ledger.Begin(Partitions);
        var (start, handle) = ledger.Take();
        await using var worker = new PipelineWorker(
            PipelinePlan.Compile(document.Options, 1, 1), start, handle, TimeProvider.System, NullLogger.Instance);
        worker.Start();

        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Enumerable.Range(0, Partitions).Sum(p => Math.Max(0, ledger.NextOffset(p))) < rows)
        {
            Assert.False(worker.Completion.IsCompleted || bound.IsCancellationRequested, worker.Snapshot().ToString());
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        worker.Drain();
        await worker.Completion.WaitAsync(bound.Token);
        var found = await clickHouse.QueryAsync(
            $"SELECT count(), uniqExact(seq), sum(seq), uniqExact(event_id), min(ts), countIf(plan NOT IN ('free', 'plus', 'family')), sum(autoplay) > 0 FROM {table} FORMAT TabSeparated",
            cancellationToken: bound.Token);
        var fields = found.Split('\t');
        Assert.Equal(rows, long.Parse(fields[0], CultureInfo.InvariantCulture));
        Assert.Equal(rows, long.Parse(fields[1], CultureInfo.InvariantCulture));
        Assert.Equal(rows * (rows - 1) / 2, long.Parse(fields[2], CultureInfo.InvariantCulture));
        Assert.Equal(rows, long.Parse(fields[3], CultureInfo.InvariantCulture));
        Assert.StartsWith("2026-01-02 03:04:05", fields[4]);
        Assert.Equal("0", fields[5]);
        return worker.Snapshot();
    }

    private static PipelineDocument Document(string topic, string brokers, Uri clickHouse, string table, string timeType, string boolType, string settings)
    {
        var faults = new FaultList();
        var document = PipelineDocument.Read(
            $$"""
            id: kafka-to-clickhouse
            source:
              kafka:
                brokers: {{brokers}}
                topic: {{topic}}
                properties: { api.version.request: "false", broker.version.fallback: 0.9.0.1 }
            mapping:
              columns:
                - { name: event_id, type: UUID, missing: reject }
                - { name: seq, type: UInt64, missing: reject }
                - { name: ts, type: "{{timeType}}", missing: reject }
                - { name: plan, type: LowCardinality(String), path: user.plan }
                - { name: user_id, type: Nullable(UInt32), path: user.id }
                - { name: position_seconds, type: Float64 }
                - { name: completion, type: "Decimal(9, 3)" }
                - { name: autoplay, type: {{boolType}} }
            sinks:
              - clickhouse: { url: "{{clickHouse.GetLeftPart(UriPartial.Authority)}}", table: {{table}}, createTable: { orderBy: [seq] }, settings: { {{settings}} } }
            delivery: { maxRows: 4000, maxWait: 200ms }
            """,
            faults);
        Assert.Empty(faults);
        return document!;
    }
}
