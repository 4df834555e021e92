using ClickSink.Engine.Formats.Registry;

namespace ClickSink.Engine.Formats.Avro;

/// <summary>How Avro messages are read: by the schema that each names, or by one schema for all of them.</summary>
public sealed record AvroFormatOptions
{
    /// <summary>The registry that has the schemas; messages then begin with the id of theirs.</summary>
    public SchemaRegistryOptions? Registry { get; init; }

    /// <summary>The schema of all messages, as JSON text; they then have the data alone.</summary>
    public string? Schema { get; init; }
}
