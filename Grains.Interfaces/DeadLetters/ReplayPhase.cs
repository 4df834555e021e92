namespace ClickSink.Grains.Interfaces.DeadLetters;

/// <summary>What a replay is doing. Stored by number: a number once given stays.</summary>
[GenerateSerializer, Alias("clicksink.ReplayPhase")]
public enum ReplayPhase
{
    /// <summary>There was none yet.</summary>
    None = 0,

    /// <summary>It stores letters, chunk by chunk.</summary>
    Running = 1,

    /// <summary>It finishes the chunk in hand, then ends.</summary>
    Cancelling = 2,

    /// <summary>Every letter that was meant was tried.</summary>
    Done = 3,

    /// <summary>Somebody ended it before it was done, or deleted the pipeline.</summary>
    Cancelled = 4,
}
