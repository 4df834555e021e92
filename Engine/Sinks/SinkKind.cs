using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Transforms;

namespace ClickSink.Engine.Sinks;

/// <summary>The registration of a kind of sink: all that the rest of the product knows of it.</summary>
public sealed record SinkKind
{
    /// <summary>The key in a pipeline document, such as <c>clickhouse</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The record that its options are bound to.</summary>
    public required Type OptionsType { get; init; }

    /// <summary>Checks options that were bound without a fault: options, their path, where faults go.</summary>
    public required Action<object, string, FaultList> Validate { get; init; }

    /// <summary>Checks options against the rows that the document makes: options, their path, what rows there are, where faults go.</summary>
    public required Action<object, string, TransformPlan, FaultList> CheckRows { get; init; }

    /// <summary>
    /// The options of a former version (first), to finish what it began: with the connection of the present one (second), if that has this sink and names the
    /// same target, and without anything that would make a target that is gone.
    /// </summary>
    public required Func<object, object?, object> Reach { get; init; }

    /// <summary>Makes a sink from valid options.</summary>
    public required Func<SinkContext, ISink> Create { get; init; }

    /// <summary>Makes the table of dead letters beside such a sink: what the sink is made from, and the table's name or null for the default.</summary>
    public required Func<SinkContext, string?, IDeadLetterTable> DeadLetters { get; init; }
}
