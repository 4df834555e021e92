namespace ClickSink.Engine.Pipelines;

/// <summary>What happens to a record that cannot be decoded or stored.</summary>
public sealed record ErrorOptions
{
    /// <summary>The policy; <c>stop</c> by default, which loses nothing and asks a human.</summary>
    public ErrorPolicy Policy { get; init; } = ErrorPolicy.Stop;

    /// <summary>Where rejected records go under the policy <c>deadLetter</c>; a table beside the sink's by default.</summary>
    public DeadLetterOptions DeadLetters { get; init; } = new();

    /// <summary>How many rejections are too many; null (the default) means that any number is taken.</summary>
    public ErrorBudgetOptions? Budget { get; init; }
}
