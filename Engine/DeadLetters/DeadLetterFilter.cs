namespace ClickSink.Engine.DeadLetters;

/// <summary>Which dead letters; what is null does not matter.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>What became of them.</summary>
    public DeadLetterStatus? Status { get; init; }

    /// <summary>The column they failed at; empty for messages that are broken as a whole.</summary>
    public string? Column { get; init; }

    /// <summary>A text within the reason, in any case.</summary>
    public string? Reason { get; init; }

    /// <summary>The partition.</summary>
    public int? Partition { get; init; }

    /// <summary>The first offset.</summary>
    public long? FromOffset { get; init; }

    /// <summary>The last offset.</summary>
    public long? ToOffset { get; init; }

    /// <summary>Rejected at this second or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Rejected at this second or before.</summary>
    public DateTimeOffset? Until { get; init; }
}
