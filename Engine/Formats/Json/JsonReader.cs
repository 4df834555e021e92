using System.Runtime.CompilerServices;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats.Json;

/// <summary>
/// Walks once over a JSON value and hands what is mapped to its columns; everything is checked, mapped or not. The rules are RFC 8259's,
/// and those of System.Text.Json where it leaves a choice. Methods return false on failure and leave the reason behind.
/// </summary>
internal sealed partial class JsonReader
{
    /// <summary>Objects and arrays inside each other; the same as the default of System.Text.Json.</summary>
    public const int MaxDepth = 64;

    private readonly JsonShape?[] _shapes;
    private readonly JsonUnknownFields? _unknown;
    private Column[] _columns = [];
    private int _column;
    private int _keyStart;
    private int _row;
    private long _rowsRead;

    /// <summary>Makes a reader.</summary>
    /// <param name="plan">The columns that rows are read into; none for single values.</param>
    /// <param name="maxDepth">Objects and arrays inside each other that are read.</param>
    /// <param name="unknown">Gets the fields that no column takes; null if nobody asks for them.</param>
    public JsonReader(IReadOnlyList<ColumnPlan> plan, int maxDepth = MaxDepth, JsonUnknownFields? unknown = null)
    {
        _unknown = unknown;
        _shapes = [.. plan.Select(column => JsonShape.For(column.Type, column.Missing == MissingPolicy.Reject))];
        DepthLimit = maxDepth;
    }

    public int DepthLimit { get; }

    public JsonProblem Problem { get; private set; }

    /// <summary>Where the problem lies: the byte at fault, or the first byte of the refused value.</summary>
    public int ProblemStart { get; private set; }

    /// <summary>The end of the refused value.</summary>
    public int ProblemEnd { get; private set; }

    /// <summary>The column that refused its value.</summary>
    public int ProblemColumn { get; private set; }

    /// <summary>The type that refused the value: the column's, or the one inside of it that was to take a part.</summary>
    public ColumnType? ProblemType { get; private set; }

    public AppendOutcome Outcome { get; private set; }

    /// <summary>The path of the field that was refused because no column takes it.</summary>
    public string? UnknownPath => _unknown?.RefusedPath;

    /// <summary>Says which columns take the values from now on.</summary>
    public void Bind(Column[] columns) => _columns = columns;

    /// <summary>Reads the object that begins at <paramref name="at"/> as one row. Columns without a value get none here.</summary>
    public bool TryReadRow(ReadOnlySpan<byte> json, ref int at, JsonKeyTable keys, int row, int depth)
    {
        if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
        if (json[at] != '{') return Fail(JsonProblem.NotAnObject, at);
        _row = row;
        _rowsRead++;
        _unknown?.Begin();
        return ReadObject(json, ref at, keys, depth);
    }

    /// <summary>Leaves the reason of a failure behind.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Fail(JsonProblem problem, int at)
    {
        Problem = problem;
        ProblemStart = at;
        return false;
    }

    private bool ReadObject(
        ReadOnlySpan<byte> json, ref int position, JsonKeyTable keys, int depth, TupleColumn? record = null, JsonShape? shape = null)
    {
        if (depth > DepthLimit) return Fail(JsonProblem.TooDeep, position);
        int at = JsonScanner.SkipWhitespace(json, position + 1);
        if ((uint)at < (uint)json.Length && json[at] == '}')
        {
            position = at + 1;
            return true;
        }

        JsonKey? previous = null;
        JsonKey? expected = keys.First;
        while (true)
        {
            JsonKey? key = expected;
            _keyStart = at;
            if (key is not null && IsNext(json, at, key.Literal))
                at += key.Literal.Length;
            else if (!ReadKey(json, ref at, keys, previous, expected, out key))
                return false;

            at = JsonScanner.SkipWhitespace(json, at);
            if (record is null ? !ReadMember(json, ref at, key, depth) : !ReadField(json, ref at, key, record, shape!, depth)) return false;

            at = JsonScanner.SkipWhitespace(json, at);
            if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
            if (json[at] == ',')
            {
                at = JsonScanner.SkipWhitespace(json, at + 1);
                previous = key;
                expected = key.Next;
                continue;
            }

            position = at + 1;
            return json[at] == '}' || Fail(JsonProblem.CommaOrBraceExpected, at);
        }
    }

    /// <summary>Reads a key that is not the expected one, and its colon.</summary>
    private bool ReadKey(ReadOnlySpan<byte> json, ref int at, JsonKeyTable keys, JsonKey? previous, JsonKey? expected, out JsonKey key)
    {
        // A field that is left out now and then: look one further, and keep the expectation.
        key = expected?.Next!;
        if (key is not null && IsNext(json, at, key.Literal))
        {
            at += key.Literal.Length;
            return true;
        }

        key = null!;
        if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
        if (json[at] != '"') return Fail(JsonProblem.KeyExpected, at);
        at++;
        if (!ReadText(json, ref at, out ReadOnlySpan<byte> name)) return false;
        key = keys.Recognize(name);
        if (previous is null)
            keys.First = key;
        else
            previous.Next = key;

        at = JsonScanner.SkipWhitespace(json, at);
        if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
        if (json[at] != ':') return Fail(JsonProblem.ColonExpected, at);
        at++;
        return true;
    }

    private bool ReadMember(ReadOnlySpan<byte> json, ref int at, JsonKey key, int depth)
    {
        if (key.OnlyColumn >= 0) return ReadInto(json, ref at, key.OnlyColumn, depth);
        if (key.IsBranch || key.Columns.Length > 0) return ReadBranch(json, ref at, key, depth);
        return _unknown is null ? Skip(json, ref at, depth) : ReadUnknown(json, ref at, key, depth);
    }

    /// <summary>Reads a value that several columns take, or that has mapped parts: once for each column, then its inside.</summary>
    private bool ReadBranch(ReadOnlySpan<byte> json, ref int at, JsonKey key, int depth)
    {
        int start = at;
        if (key.IsBranch)
        {
            // Of a key that stands twice in one object the last counts, with all that is in it.
            if (key.LastRow == _rowsRead) Forget(key);
            key.LastRow = _rowsRead;
        }

        int keyStart = _keyStart;

        foreach (int column in key.Columns)
        {
            at = start;
            if (!ReadInto(json, ref at, column, depth)) return false;
        }

        byte first = (uint)start < (uint)json.Length ? json[start] : (byte)0;
        if (first == '{' && key.Members is not null)
        {
            at = start;
            return _unknown is null
                ? ReadObject(json, ref at, key.Members, depth + 1)
                : ReadKnownObject(json, ref at, key, keyStart, depth + 1);
        }

        if (first == '[' && key.Elements is not null)
        {
            at = start;
            return _unknown is null
                ? ReadArray(json, ref at, key.Elements, depth + 1)
                : ReadKnownArray(json, ref at, key.Elements, depth + 1);
        }

        return key.Columns.Length > 0 || Skip(json, ref at, depth);
    }

    private bool ReadArray(ReadOnlySpan<byte> json, ref int position, JsonKey?[] elements, int depth)
    {
        if (depth > DepthLimit) return Fail(JsonProblem.TooDeep, position);
        int at = JsonScanner.SkipWhitespace(json, position + 1);
        if ((uint)at < (uint)json.Length && json[at] == ']')
        {
            position = at + 1;
            return true;
        }

        for (int index = 0; ; index++)
        {
            JsonKey? element = index < elements.Length ? elements[index] : null;
            if (element is null ? !Skip(json, ref at, depth) : !ReadMember(json, ref at, element, depth)) return false;

            at = JsonScanner.SkipWhitespace(json, at);
            if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
            position = at + 1;
            if (json[at] == ']') return true;
            if (json[at] != ',') return Fail(JsonProblem.CommaOrBracketExpected, at);
            at = JsonScanner.SkipWhitespace(json, at + 1);
        }
    }

    /// <summary>Takes back what an earlier value of the same key gave to this row.</summary>
    private void Forget(JsonKey key)
    {
        key.LastRow = -1;
        _unknown?.Repeat();
        foreach (int column in key.Columns) _columns[column].Truncate(_row);
        foreach (JsonKey member in key.Members?.Keys ?? []) Forget(member);
        foreach (JsonKey? element in key.Elements ?? [])
        {
            if (element is not null) Forget(element);
        }
    }

    private bool Refuse(AppendOutcome outcome, Column target, int start, int end)
    {
        Outcome = outcome;
        ProblemColumn = _column;
        ProblemType = target.Type;
        ProblemEnd = end;
        return Fail(JsonProblem.ValueRefused, start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNext(ReadOnlySpan<byte> json, int at, byte[] literal) =>
        literal.Length > 0 && (uint)at < (uint)json.Length && json[at..].StartsWith(literal);
}
