namespace ClickSink.Engine.Mapping;

/// <summary>How messages become rows, as a user writes it.</summary>
public sealed record MappingOptions
{
    /// <summary>The columns, in the order in which they are sent.</summary>
    public IReadOnlyList<ColumnMapping> Columns { get; init; } = [];
}
