using ClickSink.Engine.Sources;

namespace ClickSink.Engine.Delivery;

/// <summary>One step of progress, persisted as a whole. Applying it twice does what applying it once does.</summary>
public sealed record LedgerChange
{
    /// <summary>The range that is stored now: its intent is closed and its partition goes on after it.</summary>
    public Intent? Completed { get; init; }

    /// <summary>The range that is about to be written.</summary>
    public Intent? Opened { get; init; }

    /// <summary>Open ranges of which no row is stored, taken back: others take their place. No partition moves on.</summary>
    public IReadOnlyList<Intent> Withdrawn { get; init; } = [];

    /// <summary>The ranges that take the place of those that are <see cref="Withdrawn"/>: their parts, or what they are parts of.</summary>
    public IReadOnlyList<Intent> Reopened { get; init; } = [];

    /// <summary>Partitions whose next offset changes without a write: a start that was looked up, or a range without rows.</summary>
    public IReadOnlyList<PartitionOffset> Moved { get; init; } = [];
}
