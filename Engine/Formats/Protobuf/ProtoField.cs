namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>A field of a message type.</summary>
internal sealed class ProtoField
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    /// <summary>The name as JSON, with its colon.</summary>
    public required byte[] Key { get; init; }

    public ProtoKind Kind { get; set; }

    public bool IsRepeated { get; init; }

    /// <summary>Whether the message says that the field is there; otherwise one that is not there has its default value.</summary>
    public bool HasPresence { get; set; }

    /// <summary>The name of the type of a message or enum, until it is resolved.</summary>
    public string TypeName { get; init; } = "";

    /// <summary>The type of a message.</summary>
    public ProtoMessage? Message { get; set; }

    /// <summary>The type of an enum.</summary>
    public ProtoEnum? Enum { get; set; }

    /// <summary>Whether numbers may stand one after the other in one piece.</summary>
    public bool IsPackable => Kind is not (ProtoKind.String or ProtoKind.Bytes or ProtoKind.Message or ProtoKind.Group);
}
