namespace ClickSink.Engine.Sources.Kafka;

/// <summary>What a pipeline does when Kafka no longer has the offset to go on from.</summary>
public enum LostOffsetPolicy
{
    /// <summary>It stops in front of the gap; a rewind chooses where to go on.</summary>
    Fail,

    /// <summary>It goes on at the first message that Kafka has, and tells which offsets were lost.</summary>
    Earliest,

    /// <summary>It goes on after the last message that Kafka has, and tells which offsets were left out.</summary>
    Latest,
}
