namespace ClickSink.Engine.Sources;

/// <summary>A place in a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The offset of the next message there.</param>
public readonly record struct PartitionOffset(int Partition, long Offset)
{
    /// <summary>Stands for the first offset that the source has, whatever a pipeline's <c>start</c> says.</summary>
    public const long First = -2;
}
