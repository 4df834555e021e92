using System.Text;
using System.Text.Unicode;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats.Json;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats;

/// <summary>
/// JSON text to rows: an object is a row, an array of objects is that many. Every format whose messages are JSON, or are made into JSON first, ends here, so that
/// there is one set of coercions. Rows that were appended before a fault stay: who calls takes them back.
/// </summary>
internal sealed class JsonRows
{
    private readonly ColumnPlan[] _plan;
    private readonly RowEnd _end;
    private readonly JsonKeyTable _keys = new();
    private readonly JsonReader _reader;
    private readonly JsonUnknownFields? _unknown;
    private readonly int _restColumn;
    private RowFault? _restFault;

    /// <summary>Makes a reader of rows.</summary>
    /// <param name="plan">The mapping.</param>
    /// <param name="limits">What a message may have.</param>
    /// <param name="unknown">Is told of fields that no column takes; null if nobody asks.</param>
    public JsonRows(MappingPlan plan, FormatLimits limits, IUnknownFields? unknown = null)
    {
        _plan = [.. plan.Columns];
        _end = new RowEnd(plan, limits);
        _restColumn = plan.RestColumn ?? -1;
        unknown ??= limits.Unknown;
        if (unknown is not null || plan.RestColumn is not null) _unknown = new JsonUnknownFields(unknown, plan.RestColumn);
        _reader = new JsonReader([.. plan.Columns], limits.MaxDepth, _unknown);
        for (int column = 0; column < _plan.Length; column++) AddPath(column, _plan[column].Path.Segments);
    }

    /// <summary>Begins a message.</summary>
    public void Begin(ColumnBlock block)
    {
        _end.Begin(block);
        _restFault = null;
        _reader.Bind(block.ColumnArray);
    }

    /// <summary>Appends the rows of a text; a message can have several texts.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public RowFault? Decode(ReadOnlySpan<byte> json, in Message message, in ChangeFields change, ColumnBlock block)
    {
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        return TryDecode(json, message, change, block) ? null : _restFault ?? _end.Fault ?? JsonFaults.Describe(_reader, json, _plan);
    }

    private bool TryDecode(ReadOnlySpan<byte> json, in Message message, in ChangeFields change, ColumnBlock block)
    {
        // Checked once for the whole text: from here on every slice between ASCII bytes is valid.
        if (!Utf8.IsValid(json)) return _reader.Fail(JsonProblem.NotUtf8, 0);

        int at = JsonScanner.SkipWhitespace(json, 0);
        if (at == json.Length) return _reader.Fail(JsonProblem.Empty, 0);
        bool read = json[at] == '['
            ? DecodeArray(json, ref at, message, change, block)
            : _reader.TryReadRow(json, ref at, _keys, block.Rows, depth: 1) && TryComplete(message, change, block);
        if (!read) return false;

        at = JsonScanner.SkipWhitespace(json, at);
        return at == json.Length || _reader.Fail(JsonProblem.TrailingBytes, at);
    }

    private bool DecodeArray(ReadOnlySpan<byte> json, ref int position, in Message message, in ChangeFields change, ColumnBlock block)
    {
        int at = JsonScanner.SkipWhitespace(json, position + 1);
        if ((uint)at < (uint)json.Length && json[at] == ']')
        {
            position = at + 1;
            return true;
        }

        while (true)
        {
            if (!_reader.TryReadRow(json, ref at, _keys, block.Rows, depth: 2) || !TryComplete(message, change, block)) return false;
            at = JsonScanner.SkipWhitespace(json, at);
            if ((uint)at >= (uint)json.Length) return _reader.Fail(JsonProblem.EndOfMessage, at);
            position = at + 1;
            if (json[at] == ']') return true;
            if (json[at] != ',') return _reader.Fail(JsonProblem.CommaOrBracketExpected, at);
            at = JsonScanner.SkipWhitespace(json, at + 1);
        }
    }

    private bool TryComplete(in Message message, in ChangeFields change, ColumnBlock block)
    {
        if (_unknown is not null)
        {
            AppendOutcome outcome = _unknown.AppendRest(block.ColumnArray, block.Rows);
            if (outcome != AppendOutcome.Accepted)
            {
                _restFault = ColumnFaults.Refused(_plan[_restColumn], outcome, "{...}"u8);
                return false;
            }
        }

        return _end.TryComplete(message, change, block);
    }

    private void AddPath(int column, IReadOnlyList<PathSegment> segments)
    {
        JsonKey? node = null;
        foreach (PathSegment segment in segments)
        {
            if (segment.Key is null)
                node = node!.Descend(segment.Index);
            else if (node is null)
                node = _keys.GetOrAdd(Encoding.UTF8.GetBytes(segment.Key));
            else
                node = node.Descend(segment.Key);
        }

        node?.AddColumn(column);
    }
}
