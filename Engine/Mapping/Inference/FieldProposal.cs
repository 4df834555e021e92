namespace ClickSink.Engine.Mapping.Inference;

/// <summary>A column that is proposed for a field, and why.</summary>
public sealed record FieldProposal
{
    /// <summary>The column's name.</summary>
    public required string Column { get; init; }

    /// <summary>The field's path.</summary>
    public required string Path { get; init; }

    /// <summary>The column's ClickHouse type.</summary>
    public required string Type { get; init; }

    /// <summary>Why this type: what was seen, in a few words.</summary>
    public required string Reason { get; init; }

    /// <summary>The share of sampled rows that have a value which this reason speaks of: 1 is every row.</summary>
    public required double Confidence { get; init; }

    /// <summary>Rows that have a value other than null.</summary>
    public required int Values { get; init; }

    /// <summary>Rows in which the field is null.</summary>
    public required int Nulls { get; init; }

    /// <summary>Rows in which the field is missing.</summary>
    public required int Missing { get; init; }

    /// <summary>Different texts that were seen; null for other values, and when there were more than 1000.</summary>
    public int? Distinct { get; init; }

    /// <summary>Values of the kind that was seen most, as JSON, cut.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>The kinds of values, when there was more than one.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; init; } = [];

    /// <summary>Other types that would do, and what speaks for and against each.</summary>
    public IReadOnlyList<TypeAlternative> Alternatives { get; init; } = [];
}
