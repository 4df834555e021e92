namespace ClickSink.Grains.Interfaces.DeadLetters;

/// <summary>How a request for a replay ended.</summary>
[GenerateSerializer, Alias("clicksink.ReplayOutcome")]
public enum ReplayOutcome
{
    /// <summary>It is stored and runs.</summary>
    Accepted,

    /// <summary>There is no such pipeline.</summary>
    NotFound,

    /// <summary>Another replay runs, or the document does not allow one.</summary>
    Conflict,
}
