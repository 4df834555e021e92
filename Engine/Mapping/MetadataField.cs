namespace ClickSink.Engine.Mapping;

/// <summary>What a column can be filled with besides the fields of a message's value: what the message carries around it, and what a change event says of its row.</summary>
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

    /// <summary>The message's value as a whole, as its bytes are.</summary>
    Value,

    /// <summary>One of the message's headers, by name; missing if there is none of that name. The last one counts.</summary>
    Header,

    /// <summary>Which change a Debezium event tells of: <c>c</c>, <c>u</c>, <c>d</c> or <c>r</c>.</summary>
    Operation,

    /// <summary>When the source database made the change, in milliseconds from 1970.</summary>
    ChangeTimestamp,

    /// <summary>1 for a row that was deleted, else 0: the <c>is_deleted</c> of a ReplacingMergeTree.</summary>
    Deleted,

    /// <summary>A number that grows with each change of the source database: the version of a ReplacingMergeTree.</summary>
    Version,
}
