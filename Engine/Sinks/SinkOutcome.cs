using ClickSink.Engine.Delivery;

namespace ClickSink.Engine.Sinks;

/// <summary>How an attempt to use a sink ended.</summary>
/// <param name="Kind">What to do next.</param>
/// <param name="Error">What went wrong, where, and what to do about it; null on success.</param>
public readonly record struct SinkOutcome(SinkOutcomeKind Kind, string? Error)
{
    /// <summary>Of a block that was refused: the routes whose rows are stored all the same, as <see cref="StoredRoutes"/> writes them; null for none.</summary>
    public string? Stored { get; init; }

    /// <summary>Everything is stored.</summary>
    public static SinkOutcome Done => new(SinkOutcomeKind.Done, null);

    /// <summary>The trouble passes by itself.</summary>
    public static SinkOutcome Retry(string error) => new(SinkOutcomeKind.Retry, error);

    /// <summary>Somebody has to repair something.</summary>
    public static SinkOutcome Blocked(string error) => new(SinkOutcomeKind.Blocked, error);

    /// <summary>The rows are at fault, and nothing of the block is stored.</summary>
    public static SinkOutcome Refused(string error) => new(SinkOutcomeKind.Refused, error);
}
