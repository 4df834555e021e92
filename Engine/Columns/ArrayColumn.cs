using System.Buffers;
using System.Runtime.InteropServices;
using ClickSink.Engine.Columns.Parsing;
using ClickSink.Engine.Formats.Json;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Array(T): where each row ends, as 64-bit counts of values from the first row on, then the values of all rows as one column. A decoder
/// appends the values to <see cref="Elements"/> and then closes the row; values of a row that is not closed go with the next Truncate.
/// </summary>
internal class ArrayColumn(string name, ColumnType type, Column elements, BufferPool pool) : Column(name, type)
{
    private WireBuffer _ends = new(pool, name);
    private JsonColumnReader? _json;

    /// <summary>The values of all rows.</summary>
    public Column Elements => elements;

    public override long Bytes => _ends.Length + elements.Bytes;

    internal override ColumnShape Shape => ColumnShape.List;

    /// <summary>What is said of a value that is none of this shape.</summary>
    private protected virtual AppendOutcome Unfit => AppendOutcome.NotAnArray;

    private protected ReadOnlyMemory<byte> EndBytes => _ends.Memory;

    private ReadOnlySpan<ulong> Ends => MemoryMarshal.Cast<byte, ulong>(_ends.Written);

    /// <summary>The positions of a row's values in <see cref="Elements"/>.</summary>
    public Range GetRange(int row) => (row == 0 ? 0 : (int)Ends[row - 1])..(int)Ends[row];

    /// <summary>Ends a row: its values are those that were appended since the row before.</summary>
    public void CloseRow()
    {
        _ends.Write((ulong)elements.Count);
        Count++;
    }

    /// <summary>Appends an array that stands in a text.</summary>
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) => AppendJson(text);

    public sealed override AppendOutcome AppendNumber(in NumberText number) => Unfit;

    public sealed override AppendOutcome AppendBool(bool value) => Unfit;

    public override AppendOutcome AppendJson(ReadOnlySpan<byte> json) => (_json ??= new JsonColumnReader(this)).Append(json, Unfit);

    public override void AppendDefault() => CloseRow();

    public override void Truncate(int rows)
    {
        if (rows < Count)
        {
            _ends.Truncate(rows * sizeof(ulong));
            Count = rows;
        }

        elements.Truncate(Count == 0 ? 0 : (int)Ends[Count - 1]);
    }

    public override void Dispose()
    {
        _ends.Dispose();
        elements.Dispose();
    }

    internal override void AppendRows(Column source, ReadOnlySpan<int> rows)
    {
        var from = (ArrayColumn)source;
        int count = 0;
        foreach (int row in rows)
        {
            Range range = from.GetRange(row);
            count += range.End.Value - range.Start.Value;
        }

        int[] positions = ArrayPool<int>.Shared.Rent(count);
        ulong end = (ulong)elements.Count;
        int at = 0;
        foreach (int row in rows)
        {
            Range range = from.GetRange(row);
            for (int position = range.Start.Value; position < range.End.Value; position++) positions[at++] = position;
            _ends.Write(end + (ulong)at);
        }

        elements.AppendRows(from.Elements, positions.AsSpan(0, count));
        ArrayPool<int>.Shared.Return(positions);
        Count += rows.Length;
    }

    internal override void WritePrefix(WireSegments output) => elements.WritePrefix(output);

    internal override void WriteData(WireSegments output)
    {
        output.Add(_ends.Memory);
        elements.WriteData(output);
    }
}
