namespace ClickSink.Engine.Mapping;

/// <summary>How messages become rows, as a user writes it.</summary>
public sealed record MappingOptions
{
    /// <summary>The columns, in the order in which they are sent.</summary>
    public IReadOnlyList<ColumnMapping> Columns { get; init; } = [];

    /// <summary>The column, one of <see cref="Columns"/>, that takes the fields that no other column takes, as one JSON object. Default: none.</summary>
    public string? Rest { get; init; }
}
