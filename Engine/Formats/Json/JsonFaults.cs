using System.Text;
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
                return ColumnFaults.Refused(plan[reader.ProblemColumn], reader.Outcome, json[reader.ProblemStart..reader.ProblemEnd], reader.ProblemType);
            case JsonProblem.UnknownField:
                return new RowFault(
                    $"the field \"{reader.UnknownPath}\" is not mapped, and the mapping rejects the row then",
                    null,
                    reader.UnknownPath,
                    ColumnFaults.Cut(json[reader.ProblemStart..reader.ProblemEnd]));
            case JsonProblem.Empty:
                return new RowFault("the message is empty; a JSON object is needed", null, null, null);
            case JsonProblem.NotUtf8:
                return new RowFault("the message is not valid UTF-8, so it is not JSON", null, null, ColumnFaults.Cut(json));
            case JsonProblem.NotAnObject:
                return new RowFault($"a row must be a JSON object; at byte {reader.ProblemStart} stands {Found(json, reader.ProblemStart)}", null, null, ColumnFaults.Cut(json[reader.ProblemStart..]));
            default:
                return new RowFault(
                    $"the message is not valid JSON: at byte {reader.ProblemStart} {Explain(reader.Problem, reader.DepthLimit)}, found {Found(json, reader.ProblemStart)}",
                    null,
                    null,
                    ColumnFaults.Cut(json[Math.Max(0, reader.ProblemStart - BytesBefore)..]));
        }
    }

    private static string Explain(JsonProblem problem, int depthLimit) => problem switch
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
        JsonProblem.TooDeep => $"objects and arrays are nested deeper than {depthLimit} (format.maxDepth)",
        JsonProblem.TrailingBytes => "the message should have ended",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "The problem has words of its own."),
    };

    private static string Found(ReadOnlySpan<byte> json, int at)
    {
        if (at >= json.Length) return "the end of the message";
        Rune.DecodeFromUtf8(json[at..], out Rune rune, out _);
        return Rune.IsControl(rune) ? $"the control character U+{rune.Value:X4}" : $"'{rune}'";
    }
}
