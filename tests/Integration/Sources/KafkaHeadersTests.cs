using System.Text;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Sources.Kafka.Native;
using ClickSink.Tests.Integration.Formats;
using ClickSink.Tests.Shared;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClickSink.Tests.Integration.Sources;

/// <summary>Headers of messages, from librdkafka's own broker, which speaks a protocol that has them.</summary>
public sealed class KafkaHeadersTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly SharedServers _servers;

    public KafkaHeadersTests(SharedServers servers) => _servers = servers;

    [Fact]
    public async Task Run_HeaderColumns_AreStored()
    {
        LibRdKafka.EnsureLoaded();
        var clickHouse = await _servers.EmbeddedClickHouseAsync();
        using var producer = new ProducerBuilder<Null, string>(new Dictionary<string, string> { ["test.mock.num.brokers"] = "1" }).SetLogHandler((_, _) => { }).Build();
        for (var i = 0; i < 20; i++)
            await ProduceAsync(producer, new TopicPartition("t", 0), i % 2 == 0 ? new Headers { { "trace", Encoding.UTF8.GetBytes($"id-{i}") } } : null);
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        var broker = admin.GetMetadata("t", Timeout).Brokers[0];
        var table = $"t_{Guid.NewGuid():n}";
        var faults = new FaultList();
        var document = PipelineDocument.Read(
            $$"""
            id: headers
            source: { kafka: { brokers: "{{broker.Host}}:{{broker.Port}}", topic: t } }
            format: { raw: {} }
            mapping:
              columns:
                - { name: body, type: String, path: $kafka.value }
                - { name: trace, type: Nullable(String), path: $kafka.headers.trace }
            sinks: [{ clickhouse: { url: "{{clickHouse.Http.Endpoint.GetLeftPart(UriPartial.Authority)}}", table: {{table}}, createTable: { orderBy: [body] } } }]
            delivery: { maxWait: 50ms }
            """,
            faults);
        Assert.Empty(faults);
        var ledger = new MemoryLedger();
        ledger.Begin(1);
        var (start, handle) = ledger.Take();
        await using var worker = new PipelineWorker(PipelinePlan.Compile(document!.Options, 1, 1), start, handle, TimeProvider.System, NullLogger.Instance);
        worker.Start();
        await FormatPipeline.UntilAsync(worker, () => ledger.NextOffset(0) >= 20);

        var found = await clickHouse.Http.QueryAsync(
            $"SELECT count(), countIf(trace IS NULL), uniqExact(trace), min(trace), any(body) FROM {table} FORMAT TabSeparated", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("20\t10\t10\tid-0\t{}", found);
    }

    [Fact]
    public async Task Read_Headers_AreThoseOfEachMessage()
    {
        // Sets where the library is found, before Confluent.Kafka looks for it.
        LibRdKafka.EnsureLoaded();
        using var producer = new ProducerBuilder<Null, string>(new Dictionary<string, string> { ["test.mock.num.brokers"] = "1" }).SetLogHandler((_, _) => { }).Build();
        var topic = new TopicPartition("t", 0);
        await ProduceAsync(producer, topic, new Headers { { "trace", "first"u8.ToArray() }, { "é", [0, 255] }, { "trace", "last"u8.ToArray() }, { "none", null } });
        await ProduceAsync(producer, topic, null);
        await ProduceAsync(producer, topic, new Headers { { "trace", [] } });
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        var broker = admin.GetMetadata("t", Timeout).Brokers[0];
        var options = new KafkaSourceOptions { Brokers = $"{broker.Host}:{broker.Port}", Topic = "t" };

        using var source = new KafkaConsumer(options, "g", prefetchBytes: 1 << 20, readTimestamps: false, readHeaders: true, NullLogger.Instance);
        source.Assign([new PartitionOffset(0, 0)]);
        var found = ReadHeaders(source, messages: 3);

        Assert.Equal(["trace=first;é=\0\u00ff;trace=last;none=null", "", "trace="], found);
    }

    [Fact]
    public async Task Read_NotAskedFor_AreNotThere()
    {
        LibRdKafka.EnsureLoaded();
        using var producer = new ProducerBuilder<Null, string>(new Dictionary<string, string> { ["test.mock.num.brokers"] = "1" }).SetLogHandler((_, _) => { }).Build();
        await ProduceAsync(producer, new TopicPartition("t", 0), new Headers { { "trace", "x"u8.ToArray() } });
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        var broker = admin.GetMetadata("t", Timeout).Brokers[0];
        var options = new KafkaSourceOptions { Brokers = $"{broker.Host}:{broker.Port}", Topic = "t" };

        using var source = new KafkaConsumer(options, "g", prefetchBytes: 1 << 20, readTimestamps: false, readHeaders: false, NullLogger.Instance);
        source.Assign([new PartitionOffset(0, 0)]);

        Assert.Equal([""], ReadHeaders(source, messages: 1));
    }

    private static Task ProduceAsync(IProducer<Null, string> producer, TopicPartition place, Headers? headers) =>
        producer.ProduceAsync(place, new Message<Null, string> { Value = "{}", Headers = headers }, TestContext.Current.CancellationToken);

    private static List<string> ReadHeaders(KafkaConsumer source, int messages)
    {
        List<string> found = [];
        while (found.Count < messages)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            int count = source.Poll(TimeSpan.FromMilliseconds(500));
            for (int i = 0; i < count; i++)
            {
                if (source.Read(i, out var message, out _) is not SourceEntryKind.Message) continue;
                var text = new StringBuilder();
                foreach (var header in message.Headers)
                    text.Append(text.Length > 0 ? ";" : "").Append(Encoding.UTF8.GetString(header.Name)).Append('=').Append(header.IsNull ? "null" : Encoding.Latin1.GetString(header.Value));
                found.Add(text.ToString());
            }
        }

        return found;
    }
}
