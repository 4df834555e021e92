using ClickSink.Engine.Sources;

namespace ClickSink.Engine.Delivery;

/// <summary>Where a worker begins.</summary>
public sealed record WorkerStart
{
    /// <summary>Ranges that its predecessor had in hand; written again first. All are of the version of the worker's plan.</summary>
    public IReadOnlyList<Intent> Intents { get; init; } = [];

    /// <summary>Its partitions, each with the offset to go on from; negative for one that was never read. Empty: the worker ends after the intents.</summary>
    public IReadOnlyList<PartitionOffset> Positions { get; init; } = [];
}
