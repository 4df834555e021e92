namespace ClickSink.Engine.DeadLetters;

/// <summary>What became of a dead letter. The numbers are stored in tables.</summary>
public enum DeadLetterStatus
{
    /// <summary>It waits for somebody.</summary>
    Rejected = 1,

    /// <summary>A replay has stored its rows.</summary>
    Replayed = 2,

    /// <summary>Somebody said that it is not wanted.</summary>
    Discarded = 3,
}
