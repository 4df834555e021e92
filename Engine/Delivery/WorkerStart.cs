using ClickSink.Engine.Sources;

namespace ClickSink.Engine.Delivery;

/// <summary>Where a worker begins.</summary>
public sealed record WorkerStart
{
    /// <summary>Ranges that its predecessor had in hand; written again first, with the worker's plan and under the tokens that they were begun with.</summary>
    public IReadOnlyList<Intent> Intents { get; init; } = [];

    /// <summary>Whether it ends as <see cref="WorkerPhase.Refused"/> when the sink refuses a range, instead of waiting for a repair: there is a later version to write it with.</summary>
    public bool EndWhenRefused { get; init; }

    /// <summary>Its partitions, each with the offset to go on from; negative for one that was never read. Empty: the worker ends after the intents.</summary>
    public IReadOnlyList<PartitionOffset> Positions { get; init; } = [];
}
