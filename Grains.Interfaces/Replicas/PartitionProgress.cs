namespace ClickSink.Grains.Interfaces.Replicas;

/// <summary>How far a partition is.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.PartitionProgress")]
public sealed record PartitionProgress
{
    /// <summary>The partition.</summary>
    [Id(0)]
    public int Partition { get; init; }

    // No initial values: the storage leaves out what equals a type's default, and an initial value would come back in its place.

    /// <summary>The offset after the last one that is checkpointed; -1 when it was never read; -2 when that begins at its first message, whatever <c>source.kafka.start</c> says.</summary>
    [Id(1)]
    public long NextOffset { get; init; }

    /// <summary>The ranges that were about to be written and may or may not be stored.</summary>
    [Id(2)]
    public OpenIntent[] Intents { get; init; } = [];

    /// <summary>The offset after the last message in the source; -1 while that is not known.</summary>
    [Id(3)]
    public long EndOffset { get; init; }
}
