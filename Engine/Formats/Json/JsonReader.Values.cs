using System.Runtime.CompilerServices;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Formats.Json;

/// <content>Single values: into a column, or past it.</content>
internal sealed partial class JsonReader
{
    private readonly JsonTextReader _texts = new();

    /// <summary>Reads any value into one column of the block.</summary>
    private bool ReadInto(ReadOnlySpan<byte> json, ref int at, int column, int depth)
    {
        Column target = _columns[column];
        if (target.Count != _row) target.Truncate(_row);
        _column = column;
        return ReadValue(json, ref at, target, _shapes[column], depth);
    }

    /// <summary>Reads any value into a column. Where the type has no null, null appends nothing.</summary>
    private bool ReadValue(ReadOnlySpan<byte> json, ref int at, Column target, JsonShape? shape, int depth)
    {
        if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
        int start = at;
        AppendOutcome outcome;
        switch (json[at])
        {
            case (byte)'"':
                at++;
                if (!ReadText(json, ref at, out ReadOnlySpan<byte> text)) return false;
                outcome = target.AppendText(text);
                break;
            case (byte)'t':
                if (!ReadLiteral(json, ref at, "true"u8)) return false;
                outcome = target.AppendBool(true);
                break;
            case (byte)'f':
                if (!ReadLiteral(json, ref at, "false"u8)) return false;
                outcome = target.AppendBool(false);
                break;
            case (byte)'n':
                // Without a null the column stays without a value, and gets what its policy for missing ones says.
                if (!ReadLiteral(json, ref at, "null"u8)) return false;
                target.AppendNull();
                return true;
            case (byte)'{':
            case (byte)'[':
                if (shape is not null) return ReadComposite(json, ref at, target, shape, depth);
                if (!Skip(json, ref at, depth)) return false;
                outcome = target.AppendJson(json[start..at]);
                break;
            default:
                if (!ReadNumber(json, ref at, out NumberText number)) return false;
                outcome = target.AppendNumber(number);
                break;
        }

        return outcome == AppendOutcome.Accepted || Refuse(outcome, target, start, at);
    }

    /// <summary>Reads a string's text; <paramref name="at"/> stands behind the opening quote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadText(ReadOnlySpan<byte> json, ref int at, out ReadOnlySpan<byte> text)
    {
        int end = JsonScanner.FindSpecial(json, at);
        if ((uint)end < (uint)json.Length && json[end] == '"')
        {
            text = json[at..end];
            at = end + 1;
            return true;
        }

        return ReadSpecialText(json, ref at, out text);
    }

    private bool ReadSpecialText(ReadOnlySpan<byte> json, ref int at, out ReadOnlySpan<byte> text)
    {
        JsonProblem problem = _texts.Read(json, ref at, out text);
        return problem == JsonProblem.None || Fail(problem, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadNumber(ReadOnlySpan<byte> json, ref int at, out NumberText number)
    {
        int end = NumberText.Scan(json, at, out number);
        if (end < 0) return FailNumber(json, at);
        at = end;
        return true;
    }

    private bool FailNumber(ReadOnlySpan<byte> json, int at) =>
        Fail(json[at] == '-' || char.IsAsciiDigit((char)json[at]) ? JsonProblem.NotANumber : JsonProblem.NotAValue, at);

    private bool ReadLiteral(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<byte> literal)
    {
        if (!json[at..].StartsWith(literal)) return Fail(JsonProblem.NotAValue, at);
        at += literal.Length;
        return true;
    }

    /// <summary>Checks a value that nobody wants.</summary>
    private bool Skip(ReadOnlySpan<byte> json, ref int at, int depth)
    {
        if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
        switch (json[at])
        {
            case (byte)'"':
                at++;
                return ReadText(json, ref at, out _);
            case (byte)'t':
                return ReadLiteral(json, ref at, "true"u8);
            case (byte)'f':
                return ReadLiteral(json, ref at, "false"u8);
            case (byte)'n':
                return ReadLiteral(json, ref at, "null"u8);
            case (byte)'{':
                return SkipObject(json, ref at, depth + 1);
            case (byte)'[':
                return ReadArray(json, ref at, [], depth + 1);
            default:
                return ReadNumber(json, ref at, out _);
        }
    }

    private bool SkipObject(ReadOnlySpan<byte> json, ref int position, int depth)
    {
        if (depth > DepthLimit) return Fail(JsonProblem.TooDeep, position);
        int at = JsonScanner.SkipWhitespace(json, position + 1);
        if ((uint)at < (uint)json.Length && json[at] == '}')
        {
            position = at + 1;
            return true;
        }

        while (true)
        {
            if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
            if (json[at] != '"') return Fail(JsonProblem.KeyExpected, at);
            at++;
            if (!ReadText(json, ref at, out _)) return false;
            at = JsonScanner.SkipWhitespace(json, at);
            if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
            if (json[at] != ':') return Fail(JsonProblem.ColonExpected, at);
            at = JsonScanner.SkipWhitespace(json, at + 1);
            if (!Skip(json, ref at, depth)) return false;

            at = JsonScanner.SkipWhitespace(json, at);
            if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
            position = at + 1;
            if (json[at] == '}') return true;
            if (json[at] != ',') return Fail(JsonProblem.CommaOrBraceExpected, at);
            at = JsonScanner.SkipWhitespace(json, at + 1);
        }
    }
}
