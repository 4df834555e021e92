using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats.Json;

/// <summary>Puts the reader's problem into words.</summary>
internal static class JsonFaults
{
    private const int BytesBefore = 20;

    public static RowFault Describe(JsonReader reader, ReadOnlySpan<byte> json, ColumnPlan[] plan)
    {
        switch (reader.Problem)
        {
            case JsonProblem.ValueRefused:
            {
                ColumnPlan column = plan[reader.ProblemColumn];
                string value = Cut(json[reader.ProblemStart..reader.ProblemEnd]);
                return AtColumn(column, $": {value} {Explain(reader.Outcome, column.Type)}", value);
            }

            case JsonProblem.MetadataRefused:
                return AtColumn(plan[reader.ProblemColumn], $": the message's field {Explain(reader.Outcome, plan[reader.ProblemColumn].Type)}", null);
            case JsonProblem.ValueMissing:
                return AtColumn(plan[reader.ProblemColumn], " is missing or null, and the mapping rejects the row then", null);
            case JsonProblem.Empty:
                return new RowFault("the message is empty; a JSON object is needed", null, null, null);
            case JsonProblem.NotUtf8:
                return new RowFault("the message is not valid UTF-8, so it is not JSON", null, null, Cut(json));
            case JsonProblem.NotAnObject:
                return new RowFault($"a row must be a JSON object; at byte {reader.ProblemStart} stands {Found(json, reader.ProblemStart)}", null, null, Cut(json[reader.ProblemStart..]));
            default:
                return new RowFault(
                    $"the message is not valid JSON: at byte {reader.ProblemStart} {Explain(reader.Problem)}, found {Found(json, reader.ProblemStart)}",
                    null,
                    null,
                    Cut(json[Math.Max(0, reader.ProblemStart - BytesBefore)..]));
        }
    }

    private static RowFault AtColumn(ColumnPlan column, string what, string? value) =>
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

    private static string Explain(JsonProblem problem) => problem switch
    {
        JsonProblem.EndOfMessage => "more was expected",
        JsonProblem.NotAValue => "a value was expected",
        JsonProblem.NotANumber => "a number is not written as JSON writes it",
        JsonProblem.ControlCharacter => "a string holds a control character that is not escaped",
        JsonProblem.UnknownEscape => "a string holds an escape that JSON does not have",
        JsonProblem.LoneSurrogate => "a string holds half of a surrogate pair, which no text can hold",
        JsonProblem.KeyExpected => "a key in quotes was expected",
        JsonProblem.ColonExpected => "a colon was expected behind the key",
        JsonProblem.CommaOrBraceExpected => "a comma or } was expected behind the value",
        JsonProblem.CommaOrBracketExpected => "a comma or ] was expected behind the value",
        JsonProblem.TooDeep => $"objects and arrays are nested deeper than {JsonReader.MaxDepth}",
        JsonProblem.TrailingBytes => "the message should have ended",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "The problem has words of its own."),
    };

    private static string Found(ReadOnlySpan<byte> json, int at)
    {
        if (at >= json.Length) return "the end of the message";
        Rune.DecodeFromUtf8(json[at..], out Rune rune, out _);
        return Rune.IsControl(rune) ? $"the control character U+{rune.Value:X4}" : $"'{rune}'";
    }

    private static string Cut(ReadOnlySpan<byte> text)
    {
        // No character of UTF-16 takes more than three bytes of UTF-8, so these are enough.
        const int EnoughBytes = RowFault.MaxValueLength * 3 + 4;
        string value = Encoding.UTF8.GetString(text[..Math.Min(text.Length, EnoughBytes)]);
        if (value.Length <= RowFault.MaxValueLength) return value;
        int length = char.IsHighSurrogate(value[RowFault.MaxValueLength - 1]) ? RowFault.MaxValueLength - 1 : RowFault.MaxValueLength;
        return value[..length];
    }
}
