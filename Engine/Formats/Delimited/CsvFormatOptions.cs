namespace ClickSink.Engine.Formats.Delimited;

/// <summary>How comma-separated values are read (RFC 4180, and what is usual beyond it).</summary>
public sealed record CsvFormatOptions
{
    /// <summary>Whether the first record of each message names the columns; true by default.</summary>
    public bool Header { get; init; } = true;

    /// <summary>The columns' names, where messages have no header.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The sign between two fields; a comma by default.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>The sign around a field that holds delimiters, quotes or line ends; a double quote by default, empty for none.</summary>
    public string Quote { get; init; } = "\"";

    /// <summary>What stands for null when it is not quoted; <c>\N</c> by default.</summary>
    public string NullText { get; init; } = "\\N";

    /// <summary>Whether an empty field that is not quoted has no value, instead of the empty text; true by default.</summary>
    public bool EmptyIsNull { get; init; } = true;

    /// <summary>Whether spaces and tabs around fields are taken away; false by default.</summary>
    public bool Trim { get; init; }
}
