using System.ComponentModel.DataAnnotations;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Avro;
using ClickSink.Engine.Formats.Debezium;
using ClickSink.Engine.Formats.Delimited;
using ClickSink.Engine.Formats.Protobuf;

namespace ClickSink.Engine.Pipelines;

/// <summary>How a message is read: one of the formats, JSON by default, and how large a message may be.</summary>
public sealed record FormatOptions
{
    /// <summary>A JSON object a message, or an array of objects.</summary>
    public JsonFormatOptions? Json { get; init; }

    /// <summary>Several JSON objects a message, one a line.</summary>
    public NdjsonFormatOptions? Ndjson { get; init; }

    /// <summary>Change events of Debezium, in JSON or Avro.</summary>
    public DebeziumFormatOptions? Debezium { get; init; }

    /// <summary>Comma-separated values, or values that another sign separates; several records a message.</summary>
    public CsvFormatOptions? Csv { get; init; }

    /// <summary>Tab-separated values, escaped as ClickHouse and PostgreSQL do; several records a message.</summary>
    public TsvFormatOptions? Tsv { get; init; }

    /// <summary>Avro, with a schema registry or a schema of the document.</summary>
    public AvroFormatOptions? Avro { get; init; }

    /// <summary>Protobuf, with a schema registry or a schema of the document.</summary>
    public ProtobufFormatOptions? Protobuf { get; init; }

    /// <summary>The message's bytes as they are.</summary>
    public RawFormatOptions? Raw { get; init; }

    /// <summary>A larger message is rejected; 16 MiB by default.</summary>
    public ByteSize MaxMessageBytes { get; init; } = ByteSize.FromMiB(16);

    /// <summary>A message that is larger than this once it is JSON is rejected, for formats in which little can stand for much; 64 MiB by default.</summary>
    public ByteSize MaxDecodedBytes { get; init; } = ByteSize.FromMiB(64);

    /// <summary>A message of more rows is rejected; 100,000 by default.</summary>
    [Range(1, 10_000_000)]
    public int MaxRows { get; init; } = 100_000;

    /// <summary>A message whose objects and arrays are nested deeper is rejected; 64 by default.</summary>
    [Range(1, FormatLimits.GreatestDepth)]
    public int MaxDepth { get; init; } = FormatLimits.GreatestDepth;

    /// <summary>A mapping, and a record of csv and tsv, has at most this many columns; 2,000 by default.</summary>
    [Range(1, 100_000)]
    public int MaxColumns { get; init; } = 2000;

    internal FormatLimits Limits => new()
    {
        MaxMessageBytes = MaxMessageBytes.Bytes,
        MaxDecodedBytes = MaxDecodedBytes.Bytes,
        MaxRows = MaxRows,
        MaxDepth = MaxDepth,
        MaxColumns = MaxColumns,
    };
}
