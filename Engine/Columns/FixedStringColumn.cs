using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>FixedString(N): N bytes a row; a shorter text is filled up with zeros, a longer one refused.</summary>
internal sealed class FixedStringColumn(string name, ColumnType type, BufferPool pool) : Column(name, type)
{
    private readonly int _length = type.Length;
    private WireBuffer _data = new(pool, name);

    public override long Bytes => _data.Length;

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (text.Length > _length) return AppendOutcome.TooLong;
        Span<byte> row = _data.Take(_length);
        text.CopyTo(row);
        row[text.Length..].Clear();
        Count++;
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendNumber(in NumberText number) => AppendText(number.Text);

    public override AppendOutcome AppendBool(bool value) => AppendText(value ? "true"u8 : "false"u8);

    public override AppendOutcome AppendJson(ReadOnlySpan<byte> json) => AppendText(json);

    public override void AppendDefault() => AppendText(default);

    public override void Truncate(int rows)
    {
        if (rows >= Count) return;
        _data.Truncate(rows * _length);
        Count = rows;
    }

    public override void Dispose() => _data.Dispose();

    internal override ReadOnlySpan<byte> GetBytes(int row) => _data.Written.Slice(row * _length, _length);

    internal override void AppendRows(Column source, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows) source.GetBytes(row).CopyTo(_data.Take(_length));
        Count += rows.Length;
    }

    internal override void WriteData(WireSegments output) => output.Add(_data.Memory);
}
