namespace ClickSink.Engine.Formats.Delimited;

/// <summary>How tab-separated values are read: ClickHouse's TabSeparated and PostgreSQL's COPY, with backslash escapes and no quotes.</summary>
public sealed record TsvFormatOptions
{
    /// <summary>Whether the first record of each message names the columns; true by default.</summary>
    public bool Header { get; init; } = true;

    /// <summary>The columns' names, where messages have no header.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What stands for null; <c>\N</c> by default.</summary>
    public string NullText { get; init; } = "\\N";

    /// <summary>Whether an empty field has no value, instead of the empty text; false by default.</summary>
    public bool EmptyIsNull { get; init; }
}
