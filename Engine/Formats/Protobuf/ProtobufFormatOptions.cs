using ClickSink.Engine.Formats.Registry;

namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>How Protobuf messages are read: by the schema that each names, or by one schema for all of them.</summary>
public sealed record ProtobufFormatOptions
{
    /// <summary>The registry that has the schemas; messages then begin with the id of theirs and the place of their type in it.</summary>
    public SchemaRegistryOptions? Registry { get; init; }

    /// <summary>The schema of all messages, as the text of a <c>.proto</c> file; they then have the data alone.</summary>
    public string? Schema { get; init; }

    /// <summary>The message's type in <see cref="Schema"/>, with its package; the first one by default.</summary>
    public string? MessageType { get; init; }
}
