namespace ClickSink.Engine.Pipelines;

/// <summary>How a message is read. JSON is the only format so far, and the default.</summary>
public sealed record FormatOptions
{
    /// <summary>One JSON object a message.</summary>
    public JsonFormatOptions? Json { get; init; }
}
