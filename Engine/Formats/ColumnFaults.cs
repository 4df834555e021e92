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
    public static RowFault Refused(ColumnPlan column, AppendOutcome outcome, ReadOnlySpan<byte> text)
    {
        string value = Cut(text);
        return At(column, $": {value} {Explain(outcome, column.Type)}", value);
    }

    /// <summary>The column refused what the message carries besides its value.</summary>
    public static RowFault MetadataRefused(ColumnPlan column, AppendOutcome outcome) =>
        At(column, $": the message's field {Explain(outcome, column.Type)}", null);

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

    private static string Explain(AppendOutcome outcome, ColumnType type) => outcome switch
    {
        AppendOutcome.NotANumber => "is not a number",
        AppendOutcome.NotAWholeNumber => "is not a whole number",
        AppendOutcome.OutOfRange => "is outside of the type's range",
        AppendOutcome.TooPrecise => $"has more than {Unwrap(type).Scale} decimal places",
        AppendOutcome.NotABool => "is neither true nor false",
        AppendOutcome.NotATimestamp => "is not a timestamp",
        AppendOutcome.NotADate => "is not a date",
        AppendOutcome.NotAUuid => "is not a UUID",
        AppendOutcome.NotASingleValue => "is not a single value",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An accepted value has no fault."),
    };

    private static ColumnType Unwrap(ColumnType type) => type.Element is null ? type : Unwrap(type.Element);
}
