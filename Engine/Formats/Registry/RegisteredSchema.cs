namespace ClickSink.Engine.Formats.Registry;

/// <summary>A schema as a registry has it.</summary>
/// <param name="Type">Its type by the registry's name: <c>AVRO</c>, <c>PROTOBUF</c>, <c>JSON</c>.</param>
/// <param name="Text">The schema itself.</param>
/// <param name="References">The schemas that it refers to, and those that they refer to before them, by the names that the references have.</param>
internal sealed record RegisteredSchema(string Type, string Text, IReadOnlyList<KeyValuePair<string, string>> References);
