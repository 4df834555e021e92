using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats;

/// <summary>Puts into words why a column did not take its value. Cold: called for rejected messages only.</summary>
internal static class ColumnFaults
{
    /// <summary>The column refused a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="outcome">What it said.</param>
    /// <param name="text">The value as it stands in the message.</param>
    /// <param name="type">The type that refused it, if it is one inside of the column's.</param>
    public static RowFault Refused(ColumnPlan column, AppendOutcome outcome, ReadOnlySpan<byte> text, ColumnType? type = null)
    {
        string value = Cut(text);
        return At(column, $": {value} {OutcomeText.Explain(outcome, type ?? column.Type)}", value);
    }

    /// <summary>The column refused what the message carries besides its value.</summary>
    public static RowFault MetadataRefused(ColumnPlan column, AppendOutcome outcome) =>
        At(column, $": the message's field {OutcomeText.Explain(outcome, column.Type)}", null);

    /// <summary>There is no value, and the mapping wants one.</summary>
    public static RowFault Missing(ColumnPlan column) => At(column, " is missing or null, and the mapping rejects the row then", null);

    /// <summary>The text of a value, cut to <see cref="RowFault.MaxValueLength"/>.</summary>
    public static string Cut(ReadOnlySpan<byte> text)
    {
        // No character of UTF-16 takes more than three bytes of UTF-8, so these are enough.
        const int EnoughBytes = RowFault.MaxValueLength * 3 + 4;
        string value = Encoding.UTF8.GetString(text[..Math.Min(text.Length, EnoughBytes)]);
        if (value.Length <= RowFault.MaxValueLength) return value;
        int length = char.IsHighSurrogate(value[RowFault.MaxValueLength - 1]) ? RowFault.MaxValueLength - 1 : RowFault.MaxValueLength;
        return value[..length];
    }

    private static RowFault At(ColumnPlan column, string what, string? value) =>
        new($"column \"{column.Name}\" ({column.Type}) from path \"{column.Path}\"{what}", column.Name, column.Path.Text, value);
}
