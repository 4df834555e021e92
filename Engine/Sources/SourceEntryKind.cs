namespace ClickSink.Engine.Sources;

/// <summary>What an entry of a fetched batch is.</summary>
public enum SourceEntryKind
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>The end of a partition was reached; its offset is the one after the last message.</summary>
    EndOfPartition,

    /// <summary>The source no longer has the offset that was asked for.</summary>
    OffsetOutOfRange,

    /// <summary>Something that passes by itself, such as a lost broker.</summary>
    Transient,
}
