namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>A text is no Protobuf schema that can be used. Thrown once a schema, never on the path of a message.</summary>
internal sealed class ProtoSchemaException(string message) : Exception(message);
