using System.Text;

namespace ClickSink.Engine.Formats.Delimited;

/// <summary>How delimited text is read, compiled from the options of csv or tsv.</summary>
internal sealed record DelimitedPlan
{
    public required byte Delimiter { get; init; }

    /// <summary>The quote; 0 for none.</summary>
    public byte Quote { get; init; }

    /// <summary>Whether a backslash begins an escape.</summary>
    public bool HasEscapes { get; init; }

    public bool Trim { get; init; }

    public required byte[] NullText { get; init; }

    public bool EmptyIsNull { get; init; }

    /// <summary>The columns' names; null if the first record of each message has them.</summary>
    public byte[][]? Columns { get; init; }

    public static DelimitedPlan Of(CsvFormatOptions options) => new()
    {
        Delimiter = (byte)options.Delimiter[0],
        Quote = options.Quote.Length == 0 ? (byte)0 : (byte)options.Quote[0],
        Trim = options.Trim,
        NullText = Encoding.UTF8.GetBytes(options.NullText),
        EmptyIsNull = options.EmptyIsNull,
        Columns = options.Header ? null : [.. options.Columns.Select(Encoding.UTF8.GetBytes)],
    };

    public static DelimitedPlan Of(TsvFormatOptions options) => new()
    {
        Delimiter = (byte)'\t',
        HasEscapes = true,
        NullText = Encoding.UTF8.GetBytes(options.NullText),
        EmptyIsNull = options.EmptyIsNull,
        Columns = options.Header ? null : [.. options.Columns.Select(Encoding.UTF8.GetBytes)],
    };
}
