using ClickSink.Engine.Columns;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Mapping;

/// <summary>One column of a <see cref="MappingPlan"/>.</summary>
/// <param name="Name">The column's name in the table.</param>
/// <param name="Type">The column's type.</param>
/// <param name="Path">Where its values come from.</param>
/// <param name="Missing">What it gets when there is none.</param>
/// <param name="Stored">Whether sinks get it; otherwise it is there for expressions only.</param>
public sealed record ColumnPlan(string Name, ColumnType Type, MappingPath Path, MissingPolicy Missing, bool Stored = true)
{
    /// <summary>How timestamps and dates are read.</summary>
    public TimestampOptions Timestamps { get; init; }

    /// <summary>Whether a table that lacks the column gets it when the sink is opened.</summary>
    public bool Added { get; init; }
}
