namespace ClickSink.Grains.Interfaces.DeadLetters;

/// <summary>How a request for a replay ended.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.ReplayResult")]
public sealed record ReplayResult
{
    /// <summary>How it ended.</summary>
    [Id(0)]
    public required ReplayOutcome Outcome { get; init; }

    /// <summary>What that means and what to do, for a person.</summary>
    [Id(1)]
    public string Message { get; init; } = "";

    /// <summary>The replay, when it was accepted.</summary>
    [Id(2)]
    public ReplayStatus? Replay { get; init; }
}
