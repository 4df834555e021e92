namespace ClickSink.Engine.Mapping;

/// <summary>What a message carries besides its value.</summary>
public enum MetadataField
{
    /// <summary>The topic's name.</summary>
    Topic,

    /// <summary>The partition's number.</summary>
    Partition,

    /// <summary>The offset within the partition.</summary>
    Offset,

    /// <summary>The message's timestamp, in milliseconds from 1970; missing if the broker keeps none.</summary>
    Timestamp,

    /// <summary>The message's key; missing if it has none.</summary>
    Key,
}
