namespace ClickSink.Silo.Api;

/// <summary>Which dead letters to replay or discard: the body of a call. What is left out does not matter.</summary>
public sealed record DeadLetterBody
{
    /// <summary>The column they failed at; the empty text for messages that are broken as a whole.</summary>
    public string? Column { get; init; }

    /// <summary>A text within the reason, in any case.</summary>
    public string? Reason { get; init; }

    /// <summary>The partition.</summary>
    public int? Partition { get; init; }

    /// <summary>The first offset.</summary>
    public long? FromOffset { get; init; }

    /// <summary>The last offset.</summary>
    public long? ToOffset { get; init; }

    /// <summary>Rejected at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Rejected at this time or before.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>What became of letters that are not wanted.</summary>
/// <param name="Discarded">How many were marked.</param>
public sealed record DiscardAnswer(long Discarded);
