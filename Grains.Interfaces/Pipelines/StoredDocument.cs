namespace ClickSink.Grains.Interfaces.Pipelines;

/// <summary>A version of a pipeline's document with its secrets, for grains and silos only: it never leaves the cluster.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.StoredDocument")]
public sealed record StoredDocument
{
    /// <summary>Its version.</summary>
    [Id(0)]
    public int Version { get; init; }

    /// <summary>The document as JSON.</summary>
    [Id(1)]
    public string Document { get; init; } = "";

    /// <summary>The version that is in place.</summary>
    [Id(2)]
    public int PresentVersion { get; init; }
}
