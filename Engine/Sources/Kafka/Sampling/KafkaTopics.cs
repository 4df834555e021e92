using ClickSink.Engine.Sources.Kafka.Native;
using Confluent.Kafka;

namespace ClickSink.Engine.Sources.Kafka.Sampling;

/// <summary>
/// Which topics a cluster has, and what is in them. Every call blocks; none of them belongs to a group or moves anything.
/// </summary>
public static class KafkaTopics
{
    // A cluster can have tens of thousands of partitions; a list of more than these is told without counts.
    private const int MaxCountedPartitions = 2000;

    /// <summary>All topics, by name; Kafka's own (<c>__consumer_offsets</c>) are left out.</summary>
    /// <param name="options">Brokers and properties; the topic is not looked at.</param>
    /// <param name="timeout">How long each question may take.</param>
    /// <exception cref="SourceUnavailableException">Kafka does not answer.</exception>
    public static IReadOnlyList<TopicSummary> List(KafkaSourceOptions options, TimeSpan timeout)
    {
        var topics = ReadMetadata(options, timeout).Where(t => !t.Error.IsError && !t.Topic.StartsWith("__", StringComparison.Ordinal))
            .OrderBy(t => t.Topic, StringComparer.Ordinal).ToList();
        var places = topics.SelectMany(t => t.Partitions.Select(p => (t.Topic, p.PartitionId))).ToList();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        if (places.Count <= MaxCountedPartitions)
        {
            using var client = new OffsetClient(options);
            foreach (var (topic, bounds) in client.AskBounds(places, timeout))
                counts[topic] = counts.GetValueOrDefault(topic) + bounds.Messages;
        }

        return [.. topics.Select(t => new TopicSummary(t.Topic, t.Partitions.Count, counts.TryGetValue(t.Topic, out var count) ? count : null))];
    }

    /// <summary>What each partition of a topic has, in ascending order.</summary>
    /// <param name="options">Brokers, topic and properties.</param>
    /// <param name="timeout">How long each question may take.</param>
    /// <exception cref="SourceUnavailableException">Kafka does not answer, or has no such topic.</exception>
    public static IReadOnlyList<PartitionBounds> Bounds(KafkaSourceOptions options, TimeSpan timeout)
    {
        var partitions = KafkaTopic.ListPartitions(options, timeout);
        using var client = new OffsetClient(options);
        return [.. client.AskBounds([.. partitions.Select(p => (options.Topic, p))], timeout).Select(answer => answer.Bounds).OrderBy(b => b.Partition)];
    }

    private static List<TopicMetadata> ReadMetadata(KafkaSourceOptions options, TimeSpan timeout)
    {
        LibRdKafka.EnsureLoaded();
        try
        {
            using var admin = new AdminClientBuilder(KafkaProperties.ForClient(options)).SetLogHandler((_, _) => { })
                .SetErrorHandler((_, _) => { }).Build();
            return admin.GetMetadata(timeout).Topics;
        }
        catch (KafkaException e)
        {
            throw new SourceUnavailableException(
                $"Kafka at {options.Brokers} does not answer: {e.Error.Reason}; check brokers and that the broker runs", e);
        }
        catch (InvalidOperationException e)
        {
            throw new SourceUnavailableException($"Kafka client for {options.Brokers}: {e.Message}", e);
        }
    }
}
