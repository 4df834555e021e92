using System.Globalization;
using ClickSink.Engine.Sources.Kafka.Native;
using Confluent.Kafka;

namespace ClickSink.Engine.Sources.Kafka;

/// <summary>Asks Kafka for offsets, for somebody who wants to go to another place. Every call blocks; none of them belongs to a group or moves anything.</summary>
public static class KafkaOffsets
{
    // ListOffsets by time came with the time index of Kafka 0.10.1. An older broker answers with the beginning of a segment, or with nothing.
    private static readonly Version FirstWithTimes = new(0, 10, 1);

    /// <summary>What a partition has: its first offset, and the one after its last.</summary>
    /// <exception cref="SourceUnavailableException">Kafka does not answer, or has no such topic.</exception>
    public static IReadOnlyDictionary<int, (long First, long End)> QueryBounds(KafkaSourceOptions options, TimeSpan timeout) => Ask(options, timeout, (consumer, partitions) =>
    {
        var result = new SortedDictionary<int, (long First, long End)>();
        foreach (var partition in partitions)
        {
            var bounds = consumer.QueryWatermarkOffsets(new TopicPartition(options.Topic, partition), timeout);
            result[partition] = (bounds.Low, bounds.High);
        }

        return (IReadOnlyDictionary<int, (long First, long End)>)result;
    });

    /// <summary>The offset of the first message of each partition that is not older than a time; of a partition that has none, the one after its last.</summary>
    /// <exception cref="SourceUnavailableException">Kafka does not answer, or has no such topic.</exception>
    public static IReadOnlyDictionary<int, long> AtTime(KafkaSourceOptions options, DateTimeOffset time, TimeSpan timeout)
    {
        // The ends first: what comes in between the two questions is newer than the answer, so it is not left out.
        var ends = QueryBounds(options, timeout);
        return Ask(options, timeout, (consumer, partitions) =>
        {
            var stamp = new Timestamp(time.UtcDateTime, TimestampType.CreateTime);
            var found = consumer.OffsetsForTimes(partitions.Select(p => new TopicPartitionTimestamp(options.Topic, p, stamp)), timeout);
            var result = new SortedDictionary<int, long>();
            foreach (var place in found) result[place.Partition] = place.Offset.Value >= 0 ? place.Offset.Value : ends[place.Partition].End;
            return (IReadOnlyDictionary<int, long>)result;
        });
    }

    /// <summary>Why <see cref="AtTime"/> cannot answer for this source; null when it can.</summary>
    public static string? WhyNoTimes(KafkaSourceOptions options)
    {
        if (options.Properties.GetValueOrDefault("api.version.request") != "false") return null;
        // librdkafka's default where it is not told and must not ask.
        var version = options.Properties.GetValueOrDefault("broker.version.fallback") ?? "0.10.0";
        if (!Version.TryParse(version, out var known) || known >= FirstWithTimes) return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Kafka before 0.10.1 keeps no times of messages, and source.kafka.properties say that the broker is {version}; rewind to earliest, latest or to offsets");
    }

    private static T Ask<T>(KafkaSourceOptions options, TimeSpan timeout, Func<IConsumer<Ignore, Ignore>, IReadOnlyList<int>, T> question)
    {
        var partitions = KafkaTopic.ListPartitions(options, timeout);
        LibRdKafka.EnsureLoaded();
        var properties = KafkaProperties.ForClient(options);
        // A consumer wants a group; this one never joins it.
        properties["group.id"] = "clicksink.questions";
        properties["enable.auto.commit"] = "false";
        try
        {
            using var consumer = new ConsumerBuilder<Ignore, Ignore>(properties).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
            return question(consumer, partitions);
        }
        catch (KafkaException e)
        {
            throw new SourceUnavailableException($"Kafka at {options.Brokers} did not tell the offsets of {options.Topic}: {e.Error.Reason}; check source.kafka.brokers and that the broker runs", e);
        }
    }
}
