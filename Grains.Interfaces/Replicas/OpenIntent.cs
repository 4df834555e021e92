namespace ClickSink.Grains.Interfaces.Replicas;

/// <summary>A range that was about to be written: it is written again exactly as it is, under the same token.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.OpenIntent")]
public sealed record OpenIntent
{
    /// <summary>The first offset.</summary>
    [Id(0)]
    public long From { get; init; }

    /// <summary>The last offset.</summary>
    [Id(1)]
    public long To { get; init; }

    /// <summary>Generation of the token.</summary>
    [Id(2)]
    public long Generation { get; init; }

    /// <summary>Version of the document that it is decoded and written with.</summary>
    [Id(3)]
    public int Version { get; init; }

    /// <summary>
    /// Whether it is written beside the partition's progress instead of moving it on: a range to replay, or one that was in hand before a rewind, past which
    /// the partition goes its own way.
    /// </summary>
    [Id(4)]
    public bool Aside { get; init; }

    /// <summary>Why the sink refused the one message of the range, once it is settled that it is rejected for it: its rows are never tried again, even if they would be taken now.</summary>
    [Id(5)]
    public string? Refusal { get; init; }

    /// <summary>Routes whose rows of the range are stored already, under the token of a range that this one is a part of; a line for each. Null for none.</summary>
    [Id(6)]
    public string? Stored { get; init; }
}
