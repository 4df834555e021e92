using System.Buffers;
using System.Runtime.InteropServices;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// LowCardinality(T) and LowCardinality(Nullable(T)): the distinct values in the order in which they came, and their positions a row, as
/// wide as the number of values needs. The first keys are null, where the type has it, and T's default, as ClickHouse itself sends them.
/// </summary>
internal sealed class LowCardinalityColumn : Column
{
    /// <summary>Version of the serialization: dictionaries that travel with the data.</summary>
    private const ulong SharedDictionariesWithAdditionalKeys = 1;

    /// <summary>Flags: the block brings its own keys, and they are all of its dictionary.</summary>
    private const ulong HasAdditionalKeys = (1 << 9) | (1 << 10);

    private readonly ValueIndex _index;
    private readonly Column _keys;
    private readonly StringColumn? _texts;
    private readonly int _reservedKeys;
    private WireBuffer _firstRows;
    private WireBuffer _positions;
    private int _width = 1;

    public LowCardinalityColumn(string name, ColumnType type, Column keys, BufferPool pool) : base(name, type)
    {
        _reservedKeys = type.IsNullable ? 2 : 1;
        _keys = keys;
        _texts = keys as StringColumn;
        _index = new ValueIndex(keys, _reservedKeys, pool);
        _firstRows = new WireBuffer(pool, name);
        _positions = new WireBuffer(pool, name);
        for (int key = 0; key < _reservedKeys; key++)
        {
            keys.AppendDefault();
            _firstRows.Write(0);
        }
    }

    public override long Bytes => Count == 0 ? 0 : _positions.Length + _keys.Bytes;

    /// <summary>The distinct values.</summary>
    public Column Keys => _keys;

    /// <summary>The bytes of a row's value; those of the default where it is null.</summary>
    public ReadOnlySpan<byte> this[int row] => _keys.GetBytes(GetPosition(row));

    public int GetPosition(int row) => _width switch
    {
        1 => _positions.Written[row],
        2 => MemoryMarshal.Cast<byte, ushort>(_positions.Written)[row],
        _ => MemoryMarshal.Cast<byte, int>(_positions.Written)[row],
    };

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (_texts is null) return Keep(_keys.AppendText(text));
        int position = text.IsEmpty ? _reservedKeys - 1 : _index.GetOrAdd(text);
        if (position == _firstRows.Length / sizeof(int)) AddKey(position);
        AppendPosition(position);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendNumber(in NumberText number) =>
        _texts is null ? Keep(_keys.AppendNumber(number)) : AppendText(number.Text);

    public override AppendOutcome AppendBool(bool value) =>
        _texts is null ? Keep(_keys.AppendBool(value)) : AppendText(value ? "true"u8 : "false"u8);

    public override AppendOutcome AppendJson(ReadOnlySpan<byte> json) => _texts is null ? Keep(_keys.AppendJson(json)) : AppendText(json);

    public override void AppendDefault() => AppendPosition(0);

    public override bool AppendNull()
    {
        if (!Type.IsNullable) return false;
        AppendPosition(0);
        return true;
    }

    public override void Truncate(int rows)
    {
        if (rows >= Count) return;

        // Keys stand in the order of their first rows, so those that only the rows to be dropped use are the last ones.
        ReadOnlySpan<int> firstRows = MemoryMarshal.Cast<byte, int>(_firstRows.Written);
        int keys = firstRows.Length;
        while (keys > _reservedKeys && firstRows[keys - 1] >= rows) keys--;
        _index.Truncate(keys);
        _firstRows.Truncate(keys * sizeof(int));
        _positions.Truncate(rows * _width);
        Count = rows;
        if (rows == 0) _width = 1;
    }

    public override void Dispose()
    {
        _index.Dispose();
        _firstRows.Dispose();
        _positions.Dispose();
    }

    internal override void AppendRows(Column source, ReadOnlySpan<int> rows)
    {
        var from = (LowCardinalityColumn)source;

        // Each key of the source is looked up once, however many rows have it. Reserved keys are the same in both.
        int[] positions = ArrayPool<int>.Shared.Rent(from._keys.Count);
        Array.Fill(positions, -1, 0, from._keys.Count);
        for (int key = 0; key < _reservedKeys; key++) positions[key] = key;
        foreach (int row in rows)
        {
            int key = from.GetPosition(row);
            if (positions[key] < 0)
            {
                positions[key] = AppendKey(from._keys, key);
                if (positions[key] == _firstRows.Length / sizeof(int)) AddKey(positions[key]);
            }

            AppendPosition(positions[key]);
        }

        ArrayPool<int>.Shared.Return(positions);
    }

    internal override void WritePrefix(WireSegments output) => output.WriteUInt64(SharedDictionariesWithAdditionalKeys);

    internal override void WriteData(WireSegments output)
    {
        // Inside of an array there may be no value at all; then the server expects no dictionary either.
        if (Count == 0) return;
        ulong widthCode = _width switch { 1 => 0UL, 2 => 1, _ => 2 };
        output.WriteUInt64(HasAdditionalKeys | widthCode);
        output.WriteUInt64((ulong)_keys.Count);
        _keys.WriteData(output);
        output.WriteUInt64((ulong)Count);
        output.Add(_positions.Memory);
    }

    /// <summary>Looks up the value that was just offered to the keys, and appends its position.</summary>
    private AppendOutcome Keep(AppendOutcome outcome)
    {
        if (outcome != AppendOutcome.Accepted) return outcome;
        int position = FindLast();
        if (position == _firstRows.Length / sizeof(int)) AddKey(position);
        AppendPosition(position);
        return AppendOutcome.Accepted;
    }

    private int FindLast()
    {
        int last = _keys.Count - 1;
        if (!_keys.GetBytes(last).SequenceEqual(_keys.GetBytes(_reservedKeys - 1))) return _index.KeepLast();
        _keys.Truncate(last);
        return _reservedKeys - 1;
    }

    private int AppendKey(Column source, int key)
    {
        if (_texts is not null) return _index.GetOrAdd(source.GetBytes(key));
        _keys.AppendRows(source, [key]);
        return _index.KeepLast();
    }

    private void AddKey(int position)
    {
        _firstRows.Write(Count);
        if (position == byte.MaxValue + 1 && _width == 1) Widen<byte, ushort>();
        if (position == ushort.MaxValue + 1 && _width == 2) Widen<ushort, int>();
    }

    private void AppendPosition(int position)
    {
        if (_width == 1)
            _positions.Write((byte)position);
        else if (_width == 2)
            _positions.Write((ushort)position);
        else
            _positions.Write(position);
        Count++;
    }

    private void Widen<TFrom, TTo>()
        where TFrom : unmanaged, System.Numerics.INumberBase<TFrom>
        where TTo : unmanaged, System.Numerics.INumberBase<TTo>
    {
        // Both views lie in one buffer, so values move from the last row to the first.
        _positions.Take(_positions.Length);
        Span<byte> bytes = MemoryMarshal.AsMemory(_positions.Memory).Span;
        Span<TFrom> narrow = MemoryMarshal.Cast<byte, TFrom>(bytes);
        Span<TTo> wide = MemoryMarshal.Cast<byte, TTo>(bytes);
        for (int row = Count - 1; row >= 0; row--) wide[row] = TTo.CreateTruncating(narrow[row]);
        _width *= 2;
    }
}
