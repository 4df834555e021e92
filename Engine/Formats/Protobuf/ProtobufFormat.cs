using ClickSink.Engine.Formats.Registry;
using ClickSink.Engine.Formats.Transcoding;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>Registers Protobuf.</summary>
internal static class ProtobufFormat
{
    public static FormatKind Kind { get; } = new()
    {
        Name = "protobuf",
        Find = format => format.Protobuf,
        Create = (options, plan, limits) => new TranscodingDecoder(plan, limits, CreateTranscoder((ProtobufFormatOptions)options, limits)),
        Validate = (options, path, faults) => Validate((ProtobufFormatOptions)options, path, faults),
        Reach = (former, present) => former.Protobuf!.Registry is not null && present.Protobuf?.Registry is { } registry
            ? former with { Protobuf = former.Protobuf with { Registry = registry } }
            : former,
    };

    internal static (ProtoSchema? Schema, string? Error) Compile(RegisteredSchema schema)
    {
        if (schema.Type != "PROTOBUF") return (null, $"is of type {schema.Type}, and the format is protobuf");
        try
        {
            return (ProtoSchema.Parse(schema.Text, schema.References), null);
        }
        catch (ProtoSchemaException e)
        {
            return (null, e.Message);
        }
    }

    private static ProtobufTranscoder CreateTranscoder(ProtobufFormatOptions options, FormatLimits limits)
    {
        if (options.Schema is not null) return new ProtobufTranscoder(ProtoSchema.Parse(options.Schema, []).Find(options.MessageType), limits);
        var client = new SchemaRegistryClient(options.Registry!);
        return new ProtobufTranscoder(new SchemaCache<ProtoSchema>(client.Get, Compile, TimeProvider.System), limits);
    }

    private static void Validate(ProtobufFormatOptions options, string path, FaultList faults)
    {
        if ((options.Schema is null) == (options.Registry is null))
            faults.Add(path, null, "needs either registry, where messages begin with the id of a schema, or schema, where they are data alone");
        if (options.Registry is not null) SchemaRegistryOptionsValidator.Validate(options.Registry, $"{path}.registry", faults);
        if (options.MessageType is not null && options.Schema is null)
            faults.Add($"{path}.messageType", options.MessageType, "goes with schema; with a registry each message says its own type");
        if (options.Schema is null) return;
        try
        {
            ProtoSchema schema = ProtoSchema.Parse(options.Schema, []);
            if (options.MessageType is not null && !schema.Has(options.MessageType))
                faults.Add($"{path}.messageType", options.MessageType, $"is no message type of the schema; known there: {string.Join(", ", schema.MessageTypes)}");
        }
        catch (ProtoSchemaException e)
        {
            faults.Add($"{path}.schema", options.Schema, e.Message);
        }
    }
}
