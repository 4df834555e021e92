namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>Messages that are written for what they stand for instead of as objects.</summary>
internal enum ProtoWellKnown
{
    None = 0,

    /// <summary>google.protobuf.Timestamp: ISO 8601.</summary>
    Timestamp,

    /// <summary>google.protobuf.Duration: seconds, exactly.</summary>
    Duration,

    /// <summary>google.protobuf.Int32Value and the like: the value.</summary>
    Wrapper,

    /// <summary>google.protobuf.Struct: its fields.</summary>
    Struct,

    /// <summary>google.protobuf.Value: the value.</summary>
    Value,

    /// <summary>google.protobuf.ListValue: its values.</summary>
    List,

    /// <summary>confluent.type.Decimal: the number.</summary>
    Decimal,
}
