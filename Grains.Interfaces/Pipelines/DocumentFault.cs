namespace ClickSink.Grains.Interfaces.Pipelines;

/// <summary>One thing that is wrong with a document.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.DocumentFault")]
public sealed record DocumentFault
{
    /// <summary>Place in the document, such as <c>sinks[0].clickhouse.url</c>; empty for the document as a whole.</summary>
    [Id(0)]
    public required string Path { get; init; }

    /// <summary>What stands there, cut; null when nothing does.</summary>
    [Id(1)]
    public string? Value { get; init; }

    /// <summary>What is expected there.</summary>
    [Id(2)]
    public required string Rule { get; init; }
}
