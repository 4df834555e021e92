namespace ClickSink.Engine.Pipelines;

/// <summary>How JSON messages are read.</summary>
public sealed record JsonFormatOptions
{
    /// <summary>
    /// Whether each message begins with a byte 0 and the id of a schema in four bytes, as Confluent's serializer for JSON Schema writes it; false by default. They are skipped: JSON needs no
    /// schema to be read.
    /// </summary>
    public bool SchemaId { get; init; }
}
