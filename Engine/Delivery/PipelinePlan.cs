using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Transforms;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Delivery;

/// <summary>One version of a pipeline, validated and compiled: everything that a worker runs with, and never changes.</summary>
public sealed class PipelinePlan
{
    private PipelinePlan(PipelineOptions options, int version, long generation, TransformPlan transforms)
    {
        Options = options;
        Version = version;
        Generation = generation;
        Transforms = transforms;
    }

    /// <summary>The document.</summary>
    public PipelineOptions Options { get; }

    /// <summary>Version of the document.</summary>
    public int Version { get; }

    /// <summary>Generation of the pipeline: raised by each rewind, part of every token.</summary>
    public long Generation { get; }

    /// <summary>Mapping and transforms, compiled.</summary>
    public TransformPlan Transforms { get; }

    /// <summary>What is decoded: the compiled mapping.</summary>
    public MappingPlan Mapping => Layout.Decoded;

    /// <summary>The columns of rows: decoded, derived, stored.</summary>
    public RowLayout Layout => Transforms.Layout;

    /// <summary>The topic that is read.</summary>
    public string Topic => Options.Source.Kafka!.Topic;

    /// <summary>The consumer group under which progress is shown.</summary>
    public string Group => Options.Source.Kafka!.Group ?? $"clicksink.{Options.Id}";

    /// <summary>Memory for messages fetched ahead: a quarter of the budget.</summary>
    public long PrefetchBytes => Options.Delivery.Memory.Bytes / 4;

    /// <summary>A block is sealed at this size: three are in hand at most (one written, one handed over, one that waits), so each may be an eighth of the budget; less if rows are copied for several tables.</summary>
    public long MaxBlockBytes => Math.Min(Options.Delivery.MaxBytes.Bytes, Options.Delivery.Memory.Bytes / 8 / (Transforms.Routing?.MaxCopies ?? 1));

    /// <summary>All open blocks of a worker together, however many partitions it has; their buffers may be twice as large as what is in them.</summary>
    public long MaxOpenBytes => Math.Max(Options.Delivery.Memory.Bytes / 6, MaxBlockBytes);

    /// <summary>Whether a column or the dead letters hold the messages' timestamps, which cost a native call each.</summary>
    private bool NeedsTimestamp => Options.Errors.Policy is ErrorPolicy.DeadLetter || Transforms.NeedsTimestamp || Mapping.Columns.Any(column => column.Path.Metadata is MetadataField.Timestamp);

    /// <summary>Whether a column or the dead letters hold headers.</summary>
    private bool NeedsHeaders => Options.Errors.Policy is ErrorPolicy.DeadLetter || Mapping.Columns.Any(column => column.Path.Metadata is MetadataField.Header);

    /// <summary>Compiles a valid document.</summary>
    /// <exception cref="ArgumentException">The document has faults; <see cref="PipelineDocument.Read"/> would have told them.</exception>
    public static PipelinePlan Compile(PipelineOptions options, int version, long generation)
    {
        var faults = new FaultList();
        if (!TransformPlan.TryCompile(options, out var transforms, faults))
            throw new ArgumentException($"pipeline {options.Id}: {string.Join("; ", faults)}", nameof(options));
        return new PipelinePlan(options, version, generation, transforms);
    }

    /// <summary>Makes the source.</summary>
    public IMessageSource CreateSource(ILogger logger) => new KafkaConsumer(Options.Source.Kafka!, Group, PrefetchBytes, NeedsTimestamp, NeedsHeaders, logger);

    /// <summary>Makes what turns messages into rows; one a thread.</summary>
    internal RowDecoder CreateDecoder(TimeProvider time, IUnknownFields? unknown = null) =>
        Transforms.CreateDecoder(mapping => FormatKinds.CreateDecoder(Options.Format, mapping, unknown), time);

    /// <summary>Makes the sink, with the places for rejected records in front of it.</summary>
    public ISink CreateSink(ILogger logger)
    {
        var context = SinkContext(logger);
        var sink = SinkKinds.All[context.Options.Kind].Create(context);
        return Options.Errors.Policy is ErrorPolicy.DeadLetter ? new DeadLetterSink(sink, [.. DeadLetterWriters(logger)]) : sink;
    }

    /// <summary>Makes the sink alone, for rows whose rejections are dealt with elsewhere.</summary>
    public ISink CreateRowSink(ILogger logger) => SinkKinds.All[Options.Sinks[0].Kind].Create(SinkContext(logger));

    /// <summary>Whether rejected records go to a table, if they are kept at all.</summary>
    public bool HasDeadLetterTable => Options.Errors.DeadLetters is not { Table: null, Topic: not null };

    /// <summary>Makes the table of rejected records.</summary>
    public IDeadLetterTable CreateDeadLetterTable(ILogger logger) => SinkKinds.All[Options.Sinks[0].Kind].DeadLetters(SinkContext(logger), Options.Errors.DeadLetters.Table);

    private IEnumerable<IDeadLetterWriter> DeadLetterWriters(ILogger logger)
    {
        if (HasDeadLetterTable) yield return (IDeadLetterWriter)CreateDeadLetterTable(logger);
        if (Options.Errors.DeadLetters is { Topic: { } topic } letters)
        {
            var source = Options.Source.Kafka!;
            yield return new DeadLetterTopic(Options.Id, Topic, source with { Topic = topic, Brokers = letters.Brokers ?? source.Brokers }, TimeProvider.System);
        }
    }

    private SinkContext SinkContext(ILogger logger) => new(Options.Id, Topic, Options.Sinks[0], Layout.Output, Transforms.Routes, Options.Errors, logger);
}
