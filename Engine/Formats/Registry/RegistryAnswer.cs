namespace ClickSink.Engine.Formats.Registry;

/// <summary>What came of asking a registry: a schema, or why there is none.</summary>
/// <param name="Schema">The schema; null if there is none.</param>
/// <param name="Error">Why there is none.</param>
/// <param name="IsTransient">Whether the registry is away, or does not let us in: asking again can help, and nothing is known of the schema.</param>
internal readonly record struct RegistryAnswer(RegisteredSchema? Schema, string? Error, bool IsTransient)
{
    public static RegistryAnswer Found(RegisteredSchema schema) => new(schema, null, false);

    public static RegistryAnswer Away(string error) => new(null, error, true);

    public static RegistryAnswer Unknown(string error) => new(null, error, false);
}
