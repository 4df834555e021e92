namespace ClickSink.Grains.Interfaces.Events;

/// <summary>One thing that happened to a pipeline, for operators. Events are kept beside the pipelines; no pipeline depends on them.</summary>
public sealed record PipelineEvent
{
    /// <summary>Its number, in the order of storing; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>The replica it is about; null for the pipeline as a whole.</summary>
    public int? Slot { get; init; }

    /// <summary>The silo that it happened on; null when it is about none.</summary>
    public string? Silo { get; init; }

    /// <summary>Who did it; null when nobody did.</summary>
    public string? By { get; init; }

    /// <summary>What a person wants to know about it; empty when the kind says all.</summary>
    public string Detail { get; init; } = "";
}
