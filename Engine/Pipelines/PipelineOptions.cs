using System.ComponentModel.DataAnnotations;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Sources;

namespace ClickSink.Engine.Pipelines;

/// <summary>A pipeline as a user writes it: the whole of one document. See <c>docs/pipeline-document.md</c>.</summary>
public sealed record PipelineOptions
{
    /// <summary>Name of the pipeline: 1 to 63 lower-case letters, digits, dots and hyphens. It is the key of everything that belongs to it.</summary>
    [Required]
    public string Id { get; init; } = "";

    /// <summary>What it is for, for people; empty by default.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it should run; <c>started</c> by default.</summary>
    public DesiredState State { get; init; } = DesiredState.Started;

    /// <summary>How many replicas share the partitions; 1 by default.</summary>
    [Range(1, 1024)]
    public int Replicas { get; init; } = 1;

    /// <summary>Where the messages come from.</summary>
    [Required]
    public SourceOptions Source { get; init; } = new();

    /// <summary>How a message is read; JSON by default.</summary>
    public FormatOptions Format { get; init; } = new();

    /// <summary>Which field of a message goes to which column.</summary>
    [Required]
    public MappingOptions Mapping { get; init; } = new();

    /// <summary>What is done with rows between decoding and storing, in order; nothing by default.</summary>
    public IReadOnlyList<TransformOptions> Transforms { get; init; } = [];

    /// <summary>Where the rows go; one or more.</summary>
    [Required]
    public IReadOnlyList<SinkOptions> Sinks { get; init; } = [];

    /// <summary>Batching, memory and retries.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>What happens to a record that cannot be stored.</summary>
    public ErrorOptions Errors { get; init; } = new();
}
