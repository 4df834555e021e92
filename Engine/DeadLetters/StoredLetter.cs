namespace ClickSink.Engine.DeadLetters;

/// <summary>A dead letter as a table holds it.</summary>
public sealed record StoredLetter
{
    /// <summary>The record and why it was rejected, at the last attempt.</summary>
    public required DeadLetter Letter { get; init; }

    /// <summary>
    /// Raised by whatever happens to the letter; of a message that is there several times the highest counts. It begins with the generation
    /// that read the message (<see cref="FirstVersion"/>), so that writing it again after a crash changes nothing, and a rejection after a
    /// rewind counts more than a replay before it.
    /// </summary>
    public required ulong Version { get; init; }

    /// <summary>What became of it.</summary>
    public DeadLetterStatus Status { get; init; } = DeadLetterStatus.Rejected;

    /// <summary>When it was rejected first.</summary>
    public required DateTimeOffset RejectedAt { get; init; }

    /// <summary>When that last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How often a replay was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>The last replay that tried it; empty when none did.</summary>
    public string Replay { get; init; } = "";

    /// <summary>Version of the pipeline document that rejected it last; 0 when that was not kept.</summary>
    public int PipelineVersion { get; init; }

    /// <summary>The version of a letter that a generation of the pipeline has written.</summary>
    public static ulong FirstVersion(long generation) => (ulong)generation << 20;
}
