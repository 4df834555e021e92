using System.Text.Json.Nodes;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Mapping.Inference;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Sources.Kafka.Sampling;

namespace ClickSink.Engine.Setup;

/// <summary>
/// What somebody who sets up a pipeline asks for: parts of a pipeline document, by the same keys, before there is a whole one. Each
/// question names the parts that it needs.
/// </summary>
public sealed record SetupRequest
{
    /// <summary>Name of the pipeline that is to be proposed; the topic's name by default.</summary>
    public string? Id { get; init; }

    /// <summary>The source, as <c>source.kafka</c> of a document.</summary>
    public KafkaSourceOptions? Kafka { get; init; }

    /// <summary>How a message is read, as <c>format</c> of a document.</summary>
    public FormatOptions Format { get; init; } = new();

    /// <summary>The format as it was written, for the proposed document; null where none was.</summary>
    internal JsonNode? FormatText { get; init; }

    /// <summary>The mapping, as <c>mapping</c> of a document.</summary>
    public MappingOptions? Mapping { get; init; }

    /// <summary>The target, as <c>clickhouse</c> of a document's sink.</summary>
    public ClickHouseSinkOptions? Clickhouse { get; init; }

    /// <summary>How much of the topic to look at, and from where.</summary>
    public SampleOptions Sample { get; init; } = new();

    /// <summary>How to infer a mapping.</summary>
    public InferenceOptions Infer { get; init; } = new();
}
