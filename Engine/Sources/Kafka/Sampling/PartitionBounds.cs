namespace ClickSink.Engine.Sources.Kafka.Sampling;

/// <summary>What a partition has.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="First">Its first offset.</param>
/// <param name="End">The offset after its last message.</param>
public sealed record PartitionBounds(int Partition, long First, long End)
{
    /// <summary>Messages at most: compaction and transactions leave offsets without one.</summary>
    public long Messages => Math.Max(0, End - First);
}
