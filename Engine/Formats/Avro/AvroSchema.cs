using ClickSink.Engine.Formats.Transcoding;

namespace ClickSink.Engine.Formats.Avro;

/// <summary>A schema, compiled for reading. A record can hold itself, so this is a graph and not a tree.</summary>
internal sealed class AvroSchema(AvroKind kind)
{
    public AvroKind Kind { get; } = kind;

    /// <summary>The full name of a record, enum or fixed; else empty.</summary>
    public string Name { get; init; } = "";

    public LogicalType Logical { get; init; }

    /// <summary>The scale of a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>Bytes of a fixed.</summary>
    public int Size { get; init; }

    /// <summary>What a record's fields, an array, a map or a union are made of.</summary>
    public AvroSchema[] Parts { get; set; } = [];

    /// <summary>For a record, each field's name as JSON, with its colon; for an enum, each symbol as JSON.</summary>
    public byte[][] Texts { get; set; } = [];

    /// <summary>Whether the record is Debezium's decimal with a scale of its own in each value.</summary>
    public bool IsVariableDecimal { get; set; }

    /// <summary>Whether values are rows, or arrays of rows.</summary>
    public bool IsRow => Kind switch
    {
        AvroKind.Record or AvroKind.Map => !IsVariableDecimal,
        AvroKind.Array => Parts[0].Kind is AvroKind.Record or AvroKind.Map,
        AvroKind.Union => Array.Exists(Parts, part => part.IsRow),
        _ => false,
    };
}
