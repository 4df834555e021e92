namespace ClickSink.Grains.Interfaces.Pipelines;

/// <summary>A document to put in place.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.ApplyRequest")]
public sealed record ApplyRequest
{
    /// <summary>The document, YAML or JSON.</summary>
    [Id(0)]
    public required string Document { get; init; }

    /// <summary>Who does it.</summary>
    [Id(1)]
    public required string By { get; init; }

    /// <summary>The version that is to be replaced: 0 when the pipeline must not exist yet, null for whichever there is.</summary>
    [Id(2)]
    public int? ExpectedVersion { get; init; }
}
