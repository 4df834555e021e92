namespace ClickSink.Engine.Pipelines;

/// <summary>One thing that is wrong with a pipeline document: where, what stands there, and the rule that it breaks.</summary>
/// <param name="Path">Place in the document, such as <c>sinks[0].clickhouse.url</c>.</param>
/// <param name="Value">The value that was found, cut to 200 characters; null when nothing stands there, and <c>***</c> for a secret.</param>
/// <param name="Rule">What is expected there, as a sentence that tells what to do.</param>
public sealed record Fault(string Path, string? Value, string Rule)
{
    /// <summary>The fault as one line of text.</summary>
    public override string ToString() => Value is null ? $"{Path}: {Rule}" : $"{Path}: '{Value}': {Rule}";
}
