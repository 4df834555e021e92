using System.ComponentModel.DataAnnotations;

namespace ClickSink.Engine.Mapping;

/// <summary>How messages become rows, as a user writes it.</summary>
public sealed record MappingOptions
{
    /// <summary>The columns, in the order in which they are sent.</summary>
    public IReadOnlyList<ColumnMapping> Columns { get; init; } = [];

    /// <summary>The column, one of <see cref="Columns"/>, that takes the fields that no other column takes, as one JSON object. Default: none.</summary>
    public string? Rest { get; init; }

    /// <summary>What happens with fields that nobody maps. Default: they are kept if <see cref="Rest"/> is set, and left out otherwise.</summary>
    public UnknownPolicy? Unknown { get; init; }

    /// <summary>How many columns <see cref="UnknownPolicy.Add"/> may add in all; 100 by default. Fields beyond them go to <see cref="Rest"/> or, without it, stop the pipeline.</summary>
    [Range(1, 10_000)]
    public int MaxAdded { get; init; } = 100;
}
