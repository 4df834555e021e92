using ClickSink.Engine.Sources.Kafka.Native;
using Confluent.Kafka;

namespace ClickSink.Engine.Sources.Kafka;

/// <summary>Asks a broker about a topic.</summary>
public static class KafkaTopic
{
    /// <summary>The partitions of a topic, in ascending order.</summary>
    /// <param name="options">Brokers and topic.</param>
    /// <param name="timeout">How long to wait for an answer. The call blocks for that long.</param>
    /// <exception cref="SourceUnavailableException">No broker answers, or the topic does not exist (yet).</exception>
    public static IReadOnlyList<int> ListPartitions(KafkaSourceOptions options, TimeSpan timeout)
    {
        LibRdKafka.EnsureLoaded();
        try
        {
            var topic = MetadataClients.Ask(options, timeout);
            if (topic.Error.IsError)
                throw new SourceUnavailableException($"Kafka topic {options.Topic} at {options.Brokers}: {topic.Error.Reason}; create it, or correct source.kafka.topic");
            if (topic.Partitions.Count == 0) throw new SourceUnavailableException($"Kafka topic {options.Topic} at {options.Brokers} has no partitions yet");
            return [.. topic.Partitions.Select(p => p.PartitionId).Order()];
        }
        catch (KafkaException e)
        {
            throw new SourceUnavailableException($"Kafka at {options.Brokers} does not answer: {e.Error.Reason}; check source.kafka.brokers and that the broker runs", e);
        }
        catch (InvalidOperationException e)
        {
            throw new SourceUnavailableException($"Kafka client for {options.Brokers}: {e.Message}", e);
        }
    }
}
