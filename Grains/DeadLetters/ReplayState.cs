using ClickSink.Grains.Interfaces.DeadLetters;

namespace ClickSink.Grains.DeadLetters;

/// <summary>
/// The persisted state of a replay. What is in hand is persisted before it is written, so that whoever goes on after a crash writes exactly
/// the same letters under the same token. No initial values: the storage leaves out what equals a type's default.
/// </summary>
[GenerateSerializer, Immutable, Alias("clicksink.ReplayState")]
public sealed record ReplayState
{
    /// <summary>Its id, part of every token.</summary>
    [Id(0)]
    public string Job { get; init; } = "";

    /// <summary>What it is doing.</summary>
    [Id(1)]
    public ReplayPhase Phase { get; init; }

    /// <summary>Which letters.</summary>
    [Id(2)]
    public DeadLetterSelection? Selection { get; init; }

    /// <summary>Letters that were rejected later are not meant.</summary>
    [Id(3)]
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Who asked for it.</summary>
    [Id(4)]
    public string By { get; init; } = "";

    /// <summary>Number of the chunk in hand, or of the last one; part of its token.</summary>
    [Id(5)]
    public int Chunk { get; init; }

    /// <summary>The letters in hand; none between two chunks.</summary>
    [Id(6)]
    public List<ReplayKey> Keys { get; init; } = [];

    /// <summary>Version of the document that the chunk in hand is decoded with.</summary>
    [Id(7)]
    public int Version { get; init; }

    /// <summary>The last letter that is settled; null before the first.</summary>
    [Id(8)]
    public ReplayKey? After { get; init; }

    /// <summary>How many letters the next chunk has at most; 0 for as many as there may be.</summary>
    [Id(9)]
    public int Size { get; init; }

    /// <summary>Letters whose messages are stored now.</summary>
    [Id(10)]
    public long Replayed { get; init; }

    /// <summary>Letters that were rejected again.</summary>
    [Id(11)]
    public long Rejected { get; init; }

    /// <summary>When it ended.</summary>
    [Id(12)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it is not over.</summary>
    internal bool IsOpen => Phase is ReplayPhase.Running or ReplayPhase.Cancelling;
}
