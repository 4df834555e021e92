using ClickSink.Engine.Sources.Kafka.Native;
using ClickSink.Servers.Kafka;
using Confluent.Kafka;

namespace ClickSink.Tests.Shared.Chaos;

/// <summary>Asks a broker how many messages a topic has; topics here begin at offset 0.</summary>
public static class TopicEnd
{
    /// <summary>The offset after the last message of each partition.</summary>
    public static IReadOnlyList<long> Of(KafkaServer kafka, string topic, int partitions)
    {
        LibRdKafka.EnsureLoaded();
        var settings = new Dictionary<string, string>(KafkaServer.ClientSettings) { ["bootstrap.servers"] = kafka.BootstrapServers, ["group.id"] = "count" };
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(settings).SetLogHandler((_, _) => { }).Build();
        return [.. Enumerable.Range(0, partitions).Select(p => consumer.QueryWatermarkOffsets(new TopicPartition(topic, p), TimeSpan.FromSeconds(30)).High.Value)];
    }
}
