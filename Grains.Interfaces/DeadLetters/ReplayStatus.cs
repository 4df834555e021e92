namespace ClickSink.Grains.Interfaces.DeadLetters;

/// <summary>A replay of dead letters at one moment.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.ReplayStatus")]
public sealed record ReplayStatus
{
    /// <summary>Its id; letters that it tried name it.</summary>
    [Id(0)]
    public string Job { get; init; } = "";

    /// <summary>What it is doing.</summary>
    [Id(1)]
    public ReplayPhase Phase { get; init; }

    /// <summary>Which letters.</summary>
    [Id(2)]
    public DeadLetterSelection Selection { get; init; } = new();

    /// <summary>Who asked for it.</summary>
    [Id(3)]
    public string By { get; init; } = "";

    /// <summary>When it was asked for; letters that were rejected later are not meant.</summary>
    [Id(4)]
    public DateTimeOffset AsOf { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    [Id(5)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Letters whose messages are stored now.</summary>
    [Id(6)]
    public long Replayed { get; init; }

    /// <summary>Letters that were rejected again.</summary>
    [Id(7)]
    public long Rejected { get; init; }

    /// <summary>Letters in hand: whether their rows are stored is settled before anything else.</summary>
    [Id(8)]
    public int InHand { get; init; }

    /// <summary>What keeps it from going on; null while nothing does. It is tried again until it is overcome.</summary>
    [Id(9)]
    public string? Error { get; init; }
}
