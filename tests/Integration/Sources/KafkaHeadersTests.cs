using System.Text;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Sources.Kafka.Native;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClickSink.Tests.Integration.Sources;

/// <summary>Headers of messages, from librdkafka's own broker, which speaks a protocol that has them.</summary>
public sealed class KafkaHeadersTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

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
