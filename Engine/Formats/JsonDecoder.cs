using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats.Json;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats;

/// <summary>
/// JSON messages: an object is a row, an array of objects is that many rows. Strict (RFC 8259): what is no JSON is
/// rejected even in fields that nobody maps, and a byte order mark is skipped. Of a key that stands twice the last counts.
/// docs/coercions.md says which value becomes what. Steady state allocates nothing.
/// </summary>
public sealed class JsonDecoder : IMessageDecoder
{
    private readonly MappingPlan _mapping;
    private readonly ColumnPlan[] _plan;
    private readonly int[] _metadata;
    private readonly JsonKeyTable _keys = new();
    private readonly JsonReader _reader = new();

    /// <summary>Makes a decoder for one worker.</summary>
    public JsonDecoder(MappingPlan plan)
    {
        _mapping = plan;
        _plan = [.. plan.Columns];
        _metadata = [.. Enumerable.Range(0, _plan.Length).Where(column => _plan[column].Path.Metadata is not null)];
        for (int column = 0; column < _plan.Length; column++) AddPath(column, _plan[column].Path.Segments);
    }

    /// <inheritdoc />
    public bool TryDecode(in Message message, ColumnBlock block, [NotNullWhen(false)] out RowFault? fault)
    {
        fault = null;
        if (message.IsNull) return true;
        if (!ReferenceEquals(block.Plan, _mapping))
            throw new ArgumentException("The block was made by another mapping plan than the decoder's.", nameof(block));
        _reader.Bind(block.ColumnArray);

        ReadOnlySpan<byte> json = message.Value;
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        int rows = block.Rows;
        if (Decode(json, message, block)) return true;

        block.Truncate(rows);
        fault = JsonFaults.Describe(_reader, json, _plan);
        return false;
    }

    private bool Decode(ReadOnlySpan<byte> json, in Message message, ColumnBlock block)
    {
        // Checked once for the whole message: from here on every slice between ASCII bytes is valid.
        if (!Utf8.IsValid(json)) return _reader.Fail(JsonProblem.NotUtf8, 0);

        int at = JsonScanner.SkipWhitespace(json, 0);
        if (at == json.Length) return _reader.Fail(JsonProblem.Empty, 0);
        bool read = json[at] == '['
            ? DecodeRows(json, ref at, message, block)
            : _reader.TryReadRow(json, ref at, _keys, block.Rows, depth: 1) && CompleteRow(message, block);
        if (!read) return false;

        at = JsonScanner.SkipWhitespace(json, at);
        return at == json.Length || _reader.Fail(JsonProblem.TrailingBytes, at);
    }

    private bool DecodeRows(ReadOnlySpan<byte> json, ref int position, in Message message, ColumnBlock block)
    {
        int at = JsonScanner.SkipWhitespace(json, position + 1);
        if ((uint)at < (uint)json.Length && json[at] == ']')
        {
            position = at + 1;
            return true;
        }

        while (true)
        {
            if (!_reader.TryReadRow(json, ref at, _keys, block.Rows, depth: 2) || !CompleteRow(message, block)) return false;
            at = JsonScanner.SkipWhitespace(json, at);
            if ((uint)at >= (uint)json.Length) return _reader.Fail(JsonProblem.EndOfMessage, at);
            position = at + 1;
            if (json[at] == ']') return true;
            if (json[at] != ',') return _reader.Fail(JsonProblem.CommaOrBracketExpected, at);
            at = JsonScanner.SkipWhitespace(json, at + 1);
        }
    }

    private bool CompleteRow(in Message message, ColumnBlock block)
    {
        int row = block.Rows;
        Column[] columns = block.ColumnArray;
        if (_metadata.Length > 0 && !AppendMetadata(message, columns)) return false;
        for (int column = 0; column < columns.Length; column++)
        {
            if (columns[column].Count == row && !FillMissing(columns[column], column)) return false;
        }

        block.CompleteRow();
        return true;
    }

    private bool FillMissing(Column target, int column)
    {
        switch (_plan[column].Missing)
        {
            case MissingPolicy.Null:
                target.AppendNull();
                return true;
            case MissingPolicy.Default:
                target.AppendDefault();
                return true;
            default:
                return _reader.Refuse(JsonProblem.ValueMissing, column);
        }
    }

    private bool AppendMetadata(in Message message, Column[] columns)
    {
        foreach (int column in _metadata)
        {
            Column target = columns[column];
            AppendOutcome outcome = AppendOutcome.Accepted;
            switch (_plan[column].Path.Metadata)
            {
                case MetadataField.Topic:
                    outcome = target.AppendText(message.Topic);
                    break;
                case MetadataField.Partition:
                    outcome = target.AppendInteger(message.Partition);
                    break;
                case MetadataField.Offset:
                    outcome = target.AppendInteger(message.Offset);
                    break;
                case MetadataField.Timestamp when message.TimestampMilliseconds >= 0:
                    outcome = target.AppendInteger(message.TimestampMilliseconds);
                    break;
                case MetadataField.Key when message.HasKey:
                    outcome = target.AppendText(message.Key);
                    break;
            }

            if (outcome != AppendOutcome.Accepted) return _reader.Refuse(JsonProblem.MetadataRefused, column, outcome);
        }

        return true;
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
