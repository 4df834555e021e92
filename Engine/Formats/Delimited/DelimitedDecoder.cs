using System.Text;
using System.Text.Unicode;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats.Delimited;

/// <summary>
/// Records of delimited text, several a message. Strict: a record has as many fields as there are names, and quotes are as they must be; one broken record
/// rejects the message. Fields are texts, so what becomes of them is the text column of docs/coercions.md. Blank lines are nothing.
/// </summary>
internal sealed class DelimitedDecoder : MessageDecoder
{
    private readonly DelimitedPlan _format;
    private readonly ColumnPlan[] _plan;
    private readonly FieldColumns _fields;
    private readonly FieldReader _reader;
    private readonly RowEnd _end;

    public DelimitedDecoder(MappingPlan plan, FormatLimits? limits, DelimitedPlan format)
        : base(plan, limits)
    {
        _format = format;
        _plan = [.. plan.Columns];
        _fields = new FieldColumns(plan);
        _reader = new FieldReader(format);
        _end = new RowEnd(plan, Limits);
        for (int i = 0; i < format.Columns?.Length; i++) _fields.TryName(i, format.Columns[i]);
    }

    private protected override RowFault? Decode(in Message message, ColumnBlock block)
    {
        _end.Begin(block);
        ReadOnlySpan<byte> text = message.Value;
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        if (!Utf8.IsValid(text)) return new RowFault("the message is not valid UTF-8, so it is no text", null, null, ColumnFaults.Cut(text));

        int at = 0;
        int line = 1;
        bool needsHeader = _format.Columns is null;
        while (SkipBlankLines(text, ref at, ref line))
        {
            RowFault? fault = needsHeader ? ReadHeader(text, ref at, ref line) : ReadRecord(text, ref at, ref line, message, block);
            if (fault is not null) return fault;
            needsHeader = false;
        }

        return null;
    }

    private static bool SkipBlankLines(ReadOnlySpan<byte> text, ref int at, ref int line)
    {
        while (at < text.Length && (text[at] == '\n' || text[at..].StartsWith("\r\n"u8)))
        {
            at += text[at] == '\n' ? 1 : 2;
            line++;
        }

        return at < text.Length;
    }

    private RowFault? ReadHeader(ReadOnlySpan<byte> text, ref int at, ref int line)
    {
        for (int field = 0; ; field++)
        {
            int start = line;
            FieldEnd end = _reader.Read(text, ref at, ref line, out ReadOnlySpan<byte> name, out _);
            if (end == FieldEnd.Broken) return Broken(start, field, $"of the header {_reader.Problem}");
            if (field == Limits.MaxColumns) return TooMany(start);
            if (!_fields.IsCalled(field, name) && !_fields.TryName(field, name))
                return Broken(start, field, $"of the header has the name \"{ColumnFaults.Cut(name)}\", as another one before it");
            if (end != FieldEnd.Record) continue;
            _fields.Cut(field + 1);
            return null;
        }
    }

    private RowFault? ReadRecord(ReadOnlySpan<byte> text, ref int at, ref int line, in Message message, ColumnBlock block)
    {
        int start = line;
        for (int field = 0; ; field++)
        {
            int fieldLine = line;
            FieldEnd end = _reader.Read(text, ref at, ref line, out ReadOnlySpan<byte> value, out bool isNull);
            if (end == FieldEnd.Broken) return Broken(fieldLine, field, _reader.Problem);
            if (field >= _fields.Columns.Count) return Count(start, $"more than the {_fields.Columns.Count} fields");
            foreach (int column in _fields.Columns[field])
            {
                RowFault? fault = Append(block.ColumnArray[column], column, value, isNull);
                if (fault is not null) return fault with { Reason = $"line {fieldLine}, field {field + 1}: {fault.Reason}" };
            }

            if (end != FieldEnd.Record) continue;
            if (field + 1 < _fields.Columns.Count) return Count(start, $"{field + 1} of the {_fields.Columns.Count} fields");
            if (_end.TryComplete(message, default, block)) return null;
            return _end.Fault! with { Reason = $"line {start}: {_end.Fault!.Reason}" };
        }
    }

    private RowFault? Append(Column target, int column, ReadOnlySpan<byte> value, bool isNull)
    {
        if (isNull)
        {
            // Where the type has no null the column stays without a value, and gets what its policy for missing ones says.
            target.AppendNull();
            return null;
        }

        AppendOutcome outcome = target.AppendText(value);
        return outcome == AppendOutcome.Accepted ? null : ColumnFaults.Refused(_plan[column], outcome, value);
    }

    private RowFault Broken(int line, int field, string problem)
    {
        string? name = field < _fields.Names.Count ? Encoding.UTF8.GetString(_fields.Names[field]) : null;
        return new RowFault($"line {line}: field {field + 1} {problem}", null, name, null);
    }

    private RowFault TooMany(int line) =>
        new($"line {line}: the header has more than {Limits.MaxColumns} fields; raise format.maxColumns if that is meant", null, null, null);

    private RowFault Count(int line, string found) =>
        new($"line {line}: the record has {found} that {(_format.Columns is null ? "the header" : "columns")} names", null, null, null);
}
