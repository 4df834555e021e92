using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Interfaces.Cluster;

/// <summary>How far a partition is.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="NextOffset">The offset after the last one that is checkpointed; negative while it was never read.</param>
/// <param name="EndOffset">The offset after the last message in Kafka; -1 while that is not known.</param>
/// <param name="LagRecords">Messages not yet stored; -1 while that is not known.</param>
/// <param name="OpenRanges">The ranges that are about to be written, as <c>from-to</c>.</param>
public sealed record PartitionPlace(int Partition, long NextOffset, long EndOffset, long LagRecords, string[] OpenRanges)
{
    /// <summary>Makes it from the progress.</summary>
    public static PartitionPlace Of(PartitionProgress progress) => new(
        progress.Partition, progress.NextOffset, progress.EndOffset,
        progress.EndOffset < 0 || progress.NextOffset < 0 ? -1 : Math.Max(0, progress.EndOffset - progress.NextOffset),
        [.. progress.Intents.Select(i => $"{i.From}-{i.To}")]);
}
