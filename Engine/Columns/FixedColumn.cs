using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClickSink.Engine.Columns;

/// <summary>A column whose values all take the same number of bytes: the wire form is the values one after the other.</summary>
internal abstract class FixedColumn<T> : Column where T : unmanaged
{
    private WireBuffer _data;

    private protected FixedColumn(string name, ColumnType type, BufferPool pool) : base(name, type) => _data = new WireBuffer(pool, name);

    /// <summary>The rows, for reading at random.</summary>
    public ReadOnlySpan<T> Values => MemoryMarshal.Cast<byte, T>(_data.Written);

    public sealed override long Bytes => _data.Length;

    public override void AppendDefault() => Append(default);

    public sealed override void Truncate(int rows)
    {
        if (rows >= Count) return;
        _data.Truncate(rows * Unsafe.SizeOf<T>());
        Count = rows;
    }

    public sealed override void Dispose() => _data.Dispose();

    internal sealed override void AppendRows(Column source, ReadOnlySpan<int> rows)
    {
        ReadOnlySpan<T> from = ((FixedColumn<T>)source).Values;
        Span<T> to = MemoryMarshal.Cast<byte, T>(_data.Take(rows.Length * Unsafe.SizeOf<T>()));
        for (int i = 0; i < to.Length; i++) to[i] = from[rows[i]];
        Count += rows.Length;
    }

    internal sealed override ReadOnlySpan<byte> GetBytes(int row) => _data.Written.Slice(row * Unsafe.SizeOf<T>(), Unsafe.SizeOf<T>());

    internal sealed override void WriteData(WireSegments output) => output.Add(_data.Memory);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Append(T value)
    {
        _data.Write(value);
        Count++;
    }
}
