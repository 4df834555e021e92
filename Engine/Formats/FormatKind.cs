using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Formats;

/// <summary>The registration of a format: all that the rest of the product knows of it.</summary>
internal sealed record FormatKind
{
    /// <summary>The key in a pipeline document, such as <c>csv</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The options of this format in a document; null if the document does not choose it.</summary>
    public required Func<FormatOptions, object?> Find { get; init; }

    /// <summary>Makes a decoder from valid options.</summary>
    public required Func<object, MappingPlan, FormatLimits, IMessageDecoder> Create { get; init; }

    /// <summary>Checks options that were bound without a fault: options, their path, where faults go.</summary>
    public Action<object, string, FaultList> Validate { get; init; } = (_, _, _) => { };

    /// <summary>What is wrong with a path of the mapping for this format, as a rule that it breaks; null if nothing is.</summary>
    public Func<object, MappingPath, string?> CheckPath { get; init; } = (_, _) => null;

    /// <summary>Whether its messages are objects in the end, so that what nobody maps of them can be gathered as one.</summary>
    public bool HasObjects { get; init; } = true;

    /// <summary>Whether its messages tell of changes, so that a mapping can ask for <c>$debezium</c>.</summary>
    public bool HasChanges { get; init; }

    /// <summary>The options of a former version (first), to finish what it began, with whatever servers it needs reached as in the present one (second).</summary>
    public Func<FormatOptions, FormatOptions, FormatOptions> Reach { get; init; } = (former, _) => former;
}
