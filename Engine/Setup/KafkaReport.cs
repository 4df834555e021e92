using ClickSink.Engine.Sources.Kafka.Sampling;

namespace ClickSink.Engine.Setup;

/// <summary>What Kafka answered.</summary>
/// <param name="Ok">Whether the brokers answer and the topic, if one was named, is there.</param>
/// <param name="Message">What was found, or what is wrong and what to do.</param>
/// <param name="Topics">The topics, when none was named.</param>
/// <param name="Partitions">What each partition of the topic has, when one was named.</param>
public sealed record KafkaReport(
    bool Ok, string Message, IReadOnlyList<TopicSummary>? Topics = null, IReadOnlyList<PartitionBounds>? Partitions = null);
