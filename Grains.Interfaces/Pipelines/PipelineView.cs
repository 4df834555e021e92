namespace ClickSink.Grains.Interfaces.Pipelines;

/// <summary>A pipeline's document as anybody may see it.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.PipelineView")]
public sealed record PipelineView
{
    /// <summary>The pipeline.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The document as JSON, secrets masked, with the state and replicas that hold now.</summary>
    [Id(1)]
    public required string Document { get; init; }

    /// <summary>Its version, from 1.</summary>
    [Id(2)]
    public required int Version { get; init; }

    /// <summary>When that version was put in place.</summary>
    [Id(3)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Who put it in place.</summary>
    [Id(4)]
    public required string By { get; init; }

    /// <summary>Whether it shall run.</summary>
    [Id(5)]
    public required bool Running { get; init; }

    /// <summary>What is wanted of it.</summary>
    [Id(6)]
    public WantedState Wanted { get; init; }
}
