using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Formats.Json;

/// <content>Values that are made of others: element by element into the columns that hold them, in the same pass.</content>
internal sealed partial class JsonReader
{
    /// <summary>Reads a text that is one value as a whole into a column.</summary>
    public bool TryReadValue(ReadOnlySpan<byte> json, Column target, JsonShape? shape)
    {
        int at = JsonScanner.SkipWhitespace(json, 0);
        if (at == json.Length || json[at] is not ((byte)'{' or (byte)'[')) return Fail(JsonProblem.NotAValue, at);
        if (!ReadValue(json, ref at, target, shape, depth: 0)) return false;
        at = JsonScanner.SkipWhitespace(json, at);
        return at == json.Length || Fail(JsonProblem.TrailingBytes, at);
    }

    /// <summary>Whether a text is one JSON value.</summary>
    public bool IsValue(ReadOnlySpan<byte> json)
    {
        int at = JsonScanner.SkipWhitespace(json, 0);
        return Skip(json, ref at, depth: 0) && JsonScanner.SkipWhitespace(json, at) == json.Length;
    }

    /// <summary>Reads an object or array into a column of composite values.</summary>
    private bool ReadComposite(ReadOnlySpan<byte> json, ref int at, Column target, JsonShape shape, int depth)
    {
        bool isObject = json[at] == '{';
        switch (shape.Kind)
        {
            case ColumnShape.List when !isObject:
                return ReadList(json, ref at, (ArrayColumn)target, shape, depth + 1);
            case ColumnShape.Map when isObject:
                return ReadMap(json, ref at, (MapColumn)target, shape, depth + 1);
            case ColumnShape.Record when !isObject:
                return ReadPositions(json, ref at, (TupleColumn)target, shape, depth + 1);
            case ColumnShape.Record when shape.Keys is not null:
                return ReadFields(json, ref at, (TupleColumn)target, shape, depth + 1);
            default:
                int start = at;
                return Skip(json, ref at, depth) && Refuse(Wanted(shape), target, start, at);
        }
    }

    private static AppendOutcome Wanted(JsonShape shape) => shape.Kind switch
    {
        ColumnShape.List => AppendOutcome.NotAnArray,
        ColumnShape.Map => AppendOutcome.NotAnObject,
        _ => AppendOutcome.NotATuple,
    };

    private bool ReadList(ReadOnlySpan<byte> json, ref int position, ArrayColumn target, JsonShape shape, int depth)
    {
        if (depth > DepthLimit) return Fail(JsonProblem.TooDeep, position);
        int at = JsonScanner.SkipWhitespace(json, position + 1);
        if ((uint)at < (uint)json.Length && json[at] == ']')
        {
            position = at + 1;
            target.CloseRow();
            return true;
        }

        Column elements = target.Elements;
        JsonShape? inside = shape.Inside[0];
        while (true)
        {
            int start = at;
            int count = elements.Count;
            if (!ReadValue(json, ref at, elements, inside, depth)) return false;
            if (elements.Count == count && !FillInside(elements, shape, start, at)) return false;

            at = JsonScanner.SkipWhitespace(json, at);
            if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
            position = at + 1;
            if (json[at] == ']') break;
            if (json[at] != ',') return Fail(JsonProblem.CommaOrBracketExpected, at);
            at = JsonScanner.SkipWhitespace(json, at + 1);
        }

        target.CloseRow();
        return true;
    }

    private bool ReadMap(ReadOnlySpan<byte> json, ref int position, MapColumn target, JsonShape shape, int depth)
    {
        if (depth > DepthLimit) return Fail(JsonProblem.TooDeep, position);
        int at = JsonScanner.SkipWhitespace(json, position + 1);
        if ((uint)at < (uint)json.Length && json[at] == '}')
        {
            position = at + 1;
            target.CloseRow();
            return true;
        }

        Column values = target.Values;
        JsonShape? inside = shape.Inside[0];
        while (true)
        {
            if (!ReadMapKey(json, ref at, target.Keys)) return false;
            int start = at;
            int count = values.Count;
            if (!ReadValue(json, ref at, values, inside, depth)) return false;
            if (values.Count == count && !FillInside(values, shape, start, at)) return false;
            target.ClosePair();

            at = JsonScanner.SkipWhitespace(json, at);
            if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
            position = at + 1;
            if (json[at] == '}') break;
            if (json[at] != ',') return Fail(JsonProblem.CommaOrBraceExpected, at);
            at = JsonScanner.SkipWhitespace(json, at + 1);
        }

        target.CloseRow();
        return true;
    }

    private bool ReadMapKey(ReadOnlySpan<byte> json, ref int at, Column keys)
    {
        if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
        if (json[at] != '"') return Fail(JsonProblem.KeyExpected, at);
        int start = at++;
        if (!ReadText(json, ref at, out ReadOnlySpan<byte> name)) return false;
        AppendOutcome outcome = keys.AppendText(name);
        if (outcome != AppendOutcome.Accepted) return Refuse(outcome, keys, start, at);

        at = JsonScanner.SkipWhitespace(json, at);
        if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
        if (json[at] != ':') return Fail(JsonProblem.ColonExpected, at);
        at = JsonScanner.SkipWhitespace(json, at + 1);
        return true;
    }

    /// <summary>Reads an array into a record, value by value.</summary>
    private bool ReadPositions(ReadOnlySpan<byte> json, ref int position, TupleColumn target, JsonShape shape, int depth)
    {
        if (depth > DepthLimit) return Fail(JsonProblem.TooDeep, position);
        int begin = position;
        int row = target.Count;
        int fields = target.Fields.Length;
        int at = JsonScanner.SkipWhitespace(json, position + 1);
        int index = 0;
        if ((uint)at < (uint)json.Length && json[at] == ']')
        {
            position = at + 1;
            return Refuse(AppendOutcome.WrongCount, target, begin, position);
        }

        for (; ; index++)
        {
            int start = at;
            Column? field = index < fields ? target.Fields[index] : null;
            if (field is null ? !Skip(json, ref at, depth) : !ReadValue(json, ref at, field, shape.Inside[index], depth)) return false;
            if (field is not null && field.Count == row && !FillInside(field, shape, start, at)) return false;

            at = JsonScanner.SkipWhitespace(json, at);
            if ((uint)at >= (uint)json.Length) return Fail(JsonProblem.EndOfMessage, at);
            position = at + 1;
            if (json[at] == ']') break;
            if (json[at] != ',') return Fail(JsonProblem.CommaOrBracketExpected, at);
            at = JsonScanner.SkipWhitespace(json, at + 1);
        }

        if (index + 1 != fields) return Refuse(AppendOutcome.WrongCount, target, begin, position);
        target.CloseRow();
        return true;
    }

    /// <summary>Reads an object into a record, by the names of its fields.</summary>
    private bool ReadFields(ReadOnlySpan<byte> json, ref int at, TupleColumn target, JsonShape shape, int depth)
    {
        int start = at;
        if (!ReadObject(json, ref at, shape.Keys!, depth, target, shape)) return false;
        int row = target.Count;
        foreach (Column field in target.Fields)
        {
            if (field.Count == row && !FillInside(field, shape, start, at)) return false;
        }

        target.CloseRow();
        return true;
    }

    private bool ReadField(ReadOnlySpan<byte> json, ref int at, JsonKey key, TupleColumn record, JsonShape shape, int depth)
    {
        int index = key.OnlyColumn;
        if (index < 0) return Skip(json, ref at, depth);
        Column field = record.Fields[index];

        // Of a key that stands twice in one object the last counts.
        if (field.Count != record.Count) field.Truncate(record.Count);
        return ReadValue(json, ref at, field, shape.Inside[index], depth);
    }

    /// <summary>Gives a column inside of another one what it gets for null or nothing, where it has no null.</summary>
    private bool FillInside(Column target, JsonShape shape, int start, int end)
    {
        if (target.AppendNull()) return true;
        if (shape.RejectsMissing) return Refuse(AppendOutcome.MissingInside, target, start, end);
        target.AppendDefault();
        return true;
    }
}
