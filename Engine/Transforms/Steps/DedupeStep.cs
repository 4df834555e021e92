using ClickSink.Engine.Transforms.Expressions;

namespace ClickSink.Engine.Transforms.Steps;

/// <summary><c>dedupe</c>: leaves out rows that repeat another of their partition.</summary>
/// <param name="keys">What two rows have in common if one repeats the other.</param>
/// <param name="time">The rows' time; null for the messages' timestamps.</param>
/// <param name="within">How far apart they are at most.</param>
/// <param name="maxKeys">How many keys a worker remembers.</param>
/// <param name="place">Where it stands in the document.</param>
internal sealed class DedupeStep(IReadOnlyList<Expression> keys, Expression? time, TimeSpan within, int maxKeys, string place) : ITransformStep
{
    public IReadOnlyList<Expression> Keys => keys;

    public Expression? Time => time;

    public string Place => place;

    public bool NeedsTimestamp => time is null;

    public IStepRun CreateRun(TimeProvider clock) => new DedupeRun(this, new DedupeWindow((long)within.TotalMilliseconds, maxKeys), clock);
}
