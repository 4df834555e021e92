namespace ClickSink.Grains.Interfaces.Rewinds;

/// <summary>Where a rewind goes.</summary>
[GenerateSerializer, Alias("clicksink.RewindTarget")]
public enum RewindTarget
{
    /// <summary>Every partition to the first message that Kafka has.</summary>
    Earliest = 0,

    /// <summary>Every partition to the end: what is not stored yet is left out.</summary>
    Latest = 1,

    /// <summary>Every partition to its first message at or after a time, or to its end when it has none.</summary>
    Timestamp = 2,

    /// <summary>Some partitions to an offset each; the others stay where they are.</summary>
    Offsets = 3,

    /// <summary>No partition anywhere: some ranges are stored once more.</summary>
    Replay = 4,
}
