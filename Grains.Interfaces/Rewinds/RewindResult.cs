using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Grains.Interfaces.Rewinds;

/// <summary>How a request for a rewind ended.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.RewindResult")]
public sealed record RewindResult
{
    /// <summary>How it ended.</summary>
    [Id(0)]
    public required RewindOutcome Outcome { get; init; }

    /// <summary>What that means and what to do, for a person.</summary>
    [Id(1)]
    public string Message { get; init; } = "";

    /// <summary>Everything that is wrong with it, when it was refused.</summary>
    [Id(2)]
    public DocumentFault[] Faults { get; init; } = [];
}
