using ClickSink.Engine.Formats.Registry;
using ClickSink.Engine.Formats.Transcoding;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Formats.Avro;

/// <summary>Registers Avro.</summary>
internal static class AvroFormat
{
    public static FormatKind Kind { get; } = new()
    {
        Name = "avro",
        Find = format => format.Avro,
        Create = (options, plan, limits) => new TranscodingDecoder(plan, limits, CreateTranscoder((AvroFormatOptions)options, limits)),
        Validate = (options, path, faults) => Validate((AvroFormatOptions)options, path, faults),
        Reach = (former, present) => former with { Avro = Reach(former.Avro!, present.Avro) },
    };

    /// <summary>Makes the part that turns messages into JSON, from valid options.</summary>
    public static ITranscoder CreateTranscoder(AvroFormatOptions options, FormatLimits limits)
    {
        if (options.Schema is not null) return new AvroTranscoder(Parse(options.Schema, []).Schema!, limits);
        var client = new SchemaRegistryClient(options.Registry!);
        return new AvroTranscoder(new SchemaCache<AvroSchema>(client.Get, Compile, TimeProvider.System), limits);
    }

    public static void Validate(AvroFormatOptions options, string path, FaultList faults)
    {
        if ((options.Schema is null) == (options.Registry is null))
            faults.Add(path, null, "needs either registry, where messages begin with the id of a schema, or schema, where they are data alone");
        if (options.Registry is not null) SchemaRegistryOptionsValidator.Validate(options.Registry, $"{path}.registry", faults);
        if (options.Schema is null) return;
        (AvroSchema? schema, string? error) = Parse(options.Schema, []);
        if (schema is { IsRow: false }) error = "must be a record, a map, or an array of them: those are rows";
        if (error is not null) faults.Add($"{path}.schema", options.Schema, error);
    }

    /// <summary>The former options with the registry of the present ones, if both have one: it may have moved, and its ids stay what they are.</summary>
    public static AvroFormatOptions Reach(AvroFormatOptions former, AvroFormatOptions? present) =>
        former.Registry is not null && present?.Registry is { } registry ? former with { Registry = registry } : former;

    internal static (AvroSchema? Schema, string? Error) Compile(RegisteredSchema schema) =>
        schema.Type == "AVRO" ? Parse(schema.Text, schema.References) : (null, $"is of type {schema.Type}, and the format is avro");

    private static (AvroSchema? Schema, string? Error) Parse(string text, IReadOnlyList<KeyValuePair<string, string>> references)
    {
        try
        {
            return (AvroSchemaParser.Parse(text, references), null);
        }
        catch (AvroSchemaException e)
        {
            return (null, e.Message);
        }
    }
}
