namespace ClickSink.Engine.Formats.Avro;

/// <summary>A text is no Avro schema. Thrown once a schema, never on the path of a message.</summary>
internal sealed class AvroSchemaException(string message) : Exception(message);
