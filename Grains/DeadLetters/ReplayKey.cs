namespace ClickSink.Grains.DeadLetters;

/// <summary>One state of one dead letter, as a replay has it in hand.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.ReplayKey")]
public sealed record ReplayKey
{
    /// <summary>The message's partition.</summary>
    [Id(0)]
    public int Partition { get; init; }

    /// <summary>The message's offset.</summary>
    [Id(1)]
    public long Offset { get; init; }

    /// <summary>The letter's version.</summary>
    [Id(2)]
    public ulong Version { get; init; }
}
