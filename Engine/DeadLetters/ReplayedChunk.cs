using ClickSink.Engine.Sinks;

namespace ClickSink.Engine.DeadLetters;

/// <summary>How the write of a chunk of dead letters ended.</summary>
/// <param name="Outcome">Whether it is stored and noted.</param>
/// <param name="Replayed">Letters whose rows are stored.</param>
/// <param name="Rejected">Letters that were rejected again.</param>
public sealed record ReplayedChunk(SinkOutcome Outcome, int Replayed, int Rejected)
{
    /// <summary>
    /// Something happened to the letters of the chunk: nothing of it is settled, and they are to be looked up again, fewer at a time.
    /// </summary>
    public static ReplayedChunk Retake { get; } = new(SinkOutcome.Done, 0, 0);
}
