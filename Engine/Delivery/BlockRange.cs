namespace ClickSink.Engine.Delivery;

/// <summary>A contiguous range of offsets of one partition, both ends included.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">The first offset.</param>
/// <param name="To">The last offset.</param>
public readonly record struct BlockRange(int Partition, long From, long To)
{
    /// <summary>The range as it stands in tokens and logs.</summary>
    public override string ToString() => $"{Partition}:{From}-{To}";
}
