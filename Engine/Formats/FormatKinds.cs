using ClickSink.Engine.Formats.Avro;
using ClickSink.Engine.Formats.Debezium;
using ClickSink.Engine.Formats.Delimited;
using ClickSink.Engine.Formats.Protobuf;
using ClickSink.Engine.Formats.Registry;
using ClickSink.Engine.Formats.Transcoding;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Formats;

/// <summary>Every format there is. A new one is added here and to <see cref="FormatOptions"/>, and nowhere else outside its folder.</summary>
internal static class FormatKinds
{
    private static readonly FormatKind Json = new()
    {
        Name = "json",
        Find = format => format.Json,
        Create = (options, plan, limits) => ((JsonFormatOptions)options).SchemaId ? new TranscodingDecoder(plan, limits, new SchemaIdSkipper()) : new JsonDecoder(plan, limits),
    };

    private static readonly FormatKind Ndjson = new()
    {
        Name = "ndjson",
        Find = format => format.Ndjson,
        Create = (_, plan, limits) => new NdjsonDecoder(plan, limits),
    };

    private static readonly FormatKind Raw = new()
    {
        Name = "raw",
        Find = format => format.Raw,
        HasObjects = false,
        Create = (_, plan, limits) => new RawDecoder(plan, limits),
        CheckPath = (_, path) => path.Metadata is null ? "must be one of the $kafka paths: a raw message has no fields; $kafka.value is all of it" : null,
    };

    /// <summary>The formats, in the order in which they are told.</summary>
    public static IReadOnlyList<FormatKind> All { get; } = [Json, Ndjson, DebeziumFormat.Kind, DelimitedFormats.Csv, DelimitedFormats.Tsv, AvroFormat.Kind, ProtobufFormat.Kind, Raw];

    /// <summary>The format that a document chooses, and its options.</summary>
    public static (FormatKind Kind, object Options) Of(FormatOptions format)
    {
        foreach (FormatKind kind in All)
        {
            if (kind.Find(format) is { } options) return (kind, options);
        }

        return (Json, new JsonFormatOptions());
    }

    /// <summary>Makes the decoder of a valid document; one a thread.</summary>
    /// <param name="format">The format.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="unknown">Is told of fields that nobody maps; null if nobody asks.</param>
    public static IMessageDecoder CreateDecoder(FormatOptions format, MappingPlan mapping, IUnknownFields? unknown = null)
    {
        (FormatKind kind, object options) = Of(format);
        return kind.Create(options, mapping, format.Limits with { Unknown = unknown });
    }
}
