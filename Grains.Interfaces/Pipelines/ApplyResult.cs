namespace ClickSink.Grains.Interfaces.Pipelines;

/// <summary>How putting a document in place ended.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.ApplyResult")]
public sealed record ApplyResult
{
    /// <summary>How it ended.</summary>
    [Id(0)]
    public required ApplyOutcome Outcome { get; init; }

    /// <summary>The version that is in place now; 0 when there is none.</summary>
    [Id(1)]
    public int Version { get; init; }

    /// <summary>Everything that is wrong with the document, when it was refused.</summary>
    [Id(2)]
    public DocumentFault[] Faults { get; init; } = [];

    /// <summary>The pipeline as it is now; null when the document was refused.</summary>
    [Id(3)]
    public PipelineView? Pipeline { get; init; }
}
