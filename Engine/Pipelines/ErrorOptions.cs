namespace ClickSink.Engine.Pipelines;

/// <summary>What happens to a record that cannot be decoded or stored.</summary>
public sealed record ErrorOptions
{
    /// <summary>The policy; <c>stop</c> by default, which loses nothing and asks a human.</summary>
    public ErrorPolicy Policy { get; init; } = ErrorPolicy.Stop;
}
