namespace ClickSink.Engine.Pipelines;

/// <summary>One sink of a pipeline: a name, and one key that is the kind of sink with the options of that kind.</summary>
public sealed record SinkOptions
{
    /// <summary>Name of the sink within the pipeline; the kind by default.</summary>
    public string Name { get; init; } = "";

    /// <summary>Kind of sink, such as <c>clickhouse</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The options record of that kind; null only when the document is faulty.</summary>
    public object? Options { get; init; }
}
