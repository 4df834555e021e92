namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>What is different between a table and a mapping.</summary>
public enum DifferenceKind
{
    /// <summary>There is no such table.</summary>
    MissingTable,

    /// <summary>The mapping has a column that the table has not.</summary>
    MissingColumn,

    /// <summary>The types differ, and every value arrives as it is.</summary>
    WiderType,

    /// <summary>The types differ, and values can be cut, changed or refused by the server.</summary>
    NarrowerType,

    /// <summary>Values of the mapping's type mean nothing in the table's.</summary>
    OtherType,

    /// <summary>The mapping's column can be null and the table's cannot.</summary>
    MissingNull,

    /// <summary>The table computes the column itself, so that no insert may name it.</summary>
    ComputedColumn,

    /// <summary>The table has a column that the mapping does not fill: each row gets its default.</summary>
    UnmappedColumn,

    /// <summary>The engine takes no rows, or does not keep them.</summary>
    WrongEngine,

    /// <summary>The table does not recognise a block that comes twice.</summary>
    NoDeduplication,
}

/// <summary>How much a difference matters.</summary>
public enum DifferenceSeverity
{
    /// <summary>Good to know; nothing has to be done.</summary>
    Info,

    /// <summary>It works, but not as well as it could, or not for all values.</summary>
    Warning,

    /// <summary>Inserts fail.</summary>
    Error,
}

/// <summary>A difference between a table and a mapping.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Column">The column; null for the table as a whole.</param>
/// <param name="Message">What differs, and what follows.</param>
/// <param name="Fix">What to do about it.</param>
/// <param name="Statement">The statement that does it; null when the mapping is what to change.</param>
public sealed record TableDifference(
    DifferenceKind Kind, DifferenceSeverity Severity, string? Column, string Message, string Fix, string? Statement = null);
