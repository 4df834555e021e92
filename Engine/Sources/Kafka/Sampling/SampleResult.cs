namespace ClickSink.Engine.Sources.Kafka.Sampling;

/// <summary>A sample of a topic.</summary>
/// <param name="Messages">The messages, by partition and offset.</param>
/// <param name="Partitions">What each partition has, in ascending order.</param>
/// <param name="Note">Why it has fewer messages than were asked for although the topic has them; null when nothing kept it.</param>
public sealed record SampleResult(IReadOnlyList<SampledMessage> Messages, IReadOnlyList<PartitionBounds> Partitions, string? Note);
