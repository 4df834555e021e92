using ClickSink.Engine.Formats;
using ClickSink.Engine.Transforms.Expressions;
using ClickSink.Engine.Transforms.Steps;

namespace ClickSink.Engine.Transforms;

/// <summary>The row that steps work on, and what they decide for it. One for each worker, used again for every row.</summary>
internal sealed class TransformedRow
{
    /// <summary>What expressions are evaluated for.</summary>
    public RowScope Scope { get; } = new();

    /// <summary>Partition of the row's message.</summary>
    public int Partition { get; set; }

    /// <summary>Offset of the row's message.</summary>
    public long Offset { get; set; }

    /// <summary>Kafka timestamp of the row's message, in milliseconds; negative if the broker keeps none.</summary>
    public long TimestampMilliseconds { get; set; }

    /// <summary>Number of the set of routes that it goes.</summary>
    public int RouteSet { get; set; }

    /// <summary>Why it was rejected.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>Rejects the row because an expression failed for it.</summary>
    /// <param name="expression">The expression, which failed last.</param>
    /// <param name="place">Where it stands in the document.</param>
    /// <param name="column">The column that it was for; null for none.</param>
    public StepOutcome Reject(Expression expression, string place, string? column)
    {
        var (reason, values) = expression.Explain(Scope);
        return Reject($"{(column is null ? "" : $"column \"{column}\": ")}{place}: {reason}", place, column, values.Length > 0 ? values : null);
    }

    /// <summary>Rejects the row.</summary>
    public StepOutcome Reject(string reason, string place, string? column, string? value)
    {
        if (value is { Length: > RowFault.MaxValueLength }) value = value[..RowFault.MaxValueLength];
        Fault = new RowFault(reason, column, place, value);
        return StepOutcome.Reject;
    }
}
