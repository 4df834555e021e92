namespace ClickSink.Engine.Delivery;

/// <summary>A partition at one moment.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="NextOffset">The offset after the last one that is checkpointed; negative while the start is not known.</param>
/// <param name="EndOffset">The offset after the last message in the source; -1 while that is not known.</param>
public sealed record PartitionSnapshot(int Partition, long NextOffset, long EndOffset)
{
    /// <summary>Messages not yet stored; -1 while that is not known.</summary>
    public long LagRecords => EndOffset < 0 || NextOffset < 0 ? -1 : Math.Max(0, EndOffset - NextOffset);
}
