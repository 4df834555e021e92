using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// String: each row is its length as a varint, then its bytes, as they are sent. The index of row ends stays here; it
/// gives access to a row without walking over those before it.
/// </summary>
internal sealed class StringColumn(string name, ColumnType type, BufferPool pool) : Column(name, type)
{
    private WireBuffer _data = new(pool, name);
    private WireBuffer _ends = new(pool, name);

    public override long Bytes => _data.Length;

    /// <summary>The bytes of a row, without its length.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            ReadOnlySpan<byte> framed = GetFramed(row);
            int lengthBytes = 1;
            while (framed[lengthBytes - 1] >= 0x80) lengthBytes++;
            return framed[lengthBytes..];
        }
    }

    /// <summary>The bytes of a row as memory, for those who keep it beyond a call; good until the column changes.</summary>
    internal ReadOnlyMemory<byte> GetMemory(int row)
    {
        int length = this[row].Length;
        return _data.Memory.Slice(Ends[row] - length, length);
    }

    private ReadOnlySpan<int> Ends => MemoryMarshal.Cast<byte, int>(_ends.Written);

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        Append(text);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendNumber(in NumberText number) => AppendText(number.Text);

    public override AppendOutcome AppendBool(bool value) => AppendText(value ? "true"u8 : "false"u8);

    public override AppendOutcome AppendJson(ReadOnlySpan<byte> json) => AppendText(json);

    public override void AppendDefault() => Append(default);

    public override void Truncate(int rows)
    {
        if (rows >= Count) return;
        _data.Truncate(rows == 0 ? 0 : Ends[rows - 1]);
        _ends.Truncate(rows * sizeof(int));
        Count = rows;
    }

    public override void Dispose()
    {
        _data.Dispose();
        _ends.Dispose();
    }

    internal override void AppendRows(Column source, ReadOnlySpan<int> rows)
    {
        var from = (StringColumn)source;
        foreach (int row in rows)
        {
            ReadOnlySpan<byte> framed = from.GetFramed(row);
            framed.CopyTo(_data.Take(framed.Length));
            _ends.Write(_data.Length);
        }

        Count += rows.Length;
    }

    internal override ReadOnlySpan<byte> GetBytes(int row) => this[row];

    internal override void WriteData(WireSegments output) => output.Add(_data.Memory);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Append(ReadOnlySpan<byte> text)
    {
        if (text.Length < 0x80)
        {
            Span<byte> framed = _data.Take(text.Length + 1);
            framed[0] = (byte)text.Length;
            text.CopyTo(framed[1..]);
        }
        else
        {
            AppendLong(text);
        }

        _ends.Write(_data.Length);
        Count++;
    }

    /// <summary>A row as it is sent: its length, then its bytes.</summary>
    private ReadOnlySpan<byte> GetFramed(int row)
    {
        ReadOnlySpan<int> ends = Ends;
        return _data.Written[(row == 0 ? 0 : ends[row - 1])..ends[row]];
    }

    private void AppendLong(ReadOnlySpan<byte> text)
    {
        Span<byte> length = stackalloc byte[Varint.MaxBytes];
        int lengthBytes = Varint.Write(length, (ulong)text.Length);
        Span<byte> framed = _data.Take(lengthBytes + text.Length);
        length[..lengthBytes].CopyTo(framed);
        text.CopyTo(framed[lengthBytes..]);
    }
}
