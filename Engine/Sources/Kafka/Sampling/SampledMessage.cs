namespace ClickSink.Engine.Sources.Kafka.Sampling;

/// <summary>A message of a sample: a copy, which outlives the consumer.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset there.</param>
/// <param name="TimestampMilliseconds">Milliseconds from 1970 UTC; negative if the broker keeps no timestamps.</param>
/// <param name="Key">Its key; null if it has none.</param>
/// <param name="Value">Its value; null for a tombstone.</param>
public sealed record SampledMessage(int Partition, long Offset, long TimestampMilliseconds, byte[]? Key, byte[]? Value);
