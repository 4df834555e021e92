using System.Text;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources.Kafka.Native;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Tests.Shared;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClickSink.Tests.Integration.Formats;

/// <summary>A topic of one partition, a worker and a table, for messages that a test writes byte by byte.</summary>
internal sealed class FormatPipeline
{
    private readonly KafkaServer _kafka;
    private readonly EmbeddedClickHouseServer _clickHouse;
    private readonly MemoryLedger _ledger = new();
    private readonly string _topic;
    private long _sent;

    private FormatPipeline(KafkaServer kafka, EmbeddedClickHouseServer clickHouse, string topic)
    {
        _kafka = kafka;
        _clickHouse = clickHouse;
        _topic = topic;
        Table = $"t_{Guid.NewGuid():n}";
        _ledger.Begin(1);
    }

    public string Table { get; }

    public static async Task<FormatPipeline> CreateAsync(SharedServers servers)
    {
        var kafka = await servers.KafkaAsync();
        var topic = await kafka.CreateTopicAsync(partitions: 1, cancellationToken: TestContext.Current.CancellationToken);
        return new FormatPipeline(kafka, await servers.EmbeddedClickHouseAsync(), topic);
    }

    public Task SendAsync(params string?[] values) => SendAsync([.. values.Select(value => value is null ? null : Encoding.UTF8.GetBytes(value))]);

    public async Task SendAsync(IReadOnlyList<byte[]?> values)
    {
        LibRdKafka.EnsureLoaded();
        var settings = new Dictionary<string, string>(KafkaServer.ClientSettings) { ["bootstrap.servers"] = _kafka.BootstrapServers, ["linger.ms"] = "5" };
        using var producer = new ProducerBuilder<Null, byte[]?>(settings).SetValueSerializer(new AsItIs()).SetLogHandler((_, _) => { }).Build();
        await Task.WhenAll(values.Select(value =>
            producer.ProduceAsync(new TopicPartition(_topic, 0), new Message<Null, byte[]?> { Value = value }, TestContext.Current.CancellationToken)));
        _sent += values.Count;
    }

    /// <summary>Makes a worker of the document with these parts; it is not started.</summary>
    public PipelineWorker NewWorker(string format, string columns, string createTable, string policy = "stop")
    {
        var faults = new FaultList();
        var document = PipelineDocument.Read(
            $$"""
            id: formats
            source: { kafka: { brokers: "{{_kafka.BootstrapServers}}", topic: {{_topic}}, properties: { api.version.request: "false", broker.version.fallback: 0.9.0.1 } } }
            format: {{format}}
            mapping:
              columns:
                - {{string.Join("\n    - ", columns.Split('\n', StringSplitOptions.TrimEntries))}}
            sinks: [{ clickhouse: { url: "{{_clickHouse.Http.Endpoint.GetLeftPart(UriPartial.Authority)}}", table: {{Table}}, createTable: {{createTable}} } }]
            delivery: { maxWait: 50ms, retryInitial: 20ms, retryMax: 100ms }
            errors: { policy: {{policy}} }
            """,
            faults);
        Assert.Empty(faults);
        var (start, handle) = _ledger.Take();
        return new PipelineWorker(PipelinePlan.Compile(document!.Options, 1, 1), start, handle, TimeProvider.System, NullLogger.Instance);
    }

    /// <summary>Waits until everything that was sent is stored, or dealt with.</summary>
    public Task UntilStoredAsync(PipelineWorker worker) => UntilAsync(worker, () => _ledger.NextOffset(0) >= _sent);

    public static async Task UntilAsync(PipelineWorker worker, Func<bool> condition)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            Assert.False(worker.Completion.IsCompleted || bound.IsCancellationRequested, worker.Snapshot().ToString());
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks ClickHouse; the table is called <c>T</c>.</summary>
    public Task<string> QueryAsync(string query) => _clickHouse.Http.QueryAsync(query.Replace("{T}", Table), cancellationToken: TestContext.Current.CancellationToken);

    // Confluent's own takes no null, which is what a tombstone is.
    private sealed class AsItIs : ISerializer<byte[]?>
    {
        public byte[] Serialize(byte[]? data, SerializationContext context) => data!;
    }
}
