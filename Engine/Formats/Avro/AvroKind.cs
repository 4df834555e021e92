namespace ClickSink.Engine.Formats.Avro;

/// <summary>How a value is laid out in Avro's binary encoding (specification 1.12).</summary>
internal enum AvroKind
{
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Record,
    Enum,
    Array,
    Map,
    Union,
    Fixed,
}
