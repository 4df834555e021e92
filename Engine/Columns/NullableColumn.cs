using System.Runtime.InteropServices;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>Nullable(T): a byte a row that says whether it is null, then the values, with the type's default where it is.</summary>
internal sealed class NullableColumn(ColumnType type, Column values, BufferPool pool) : Column(values.Name, type)
{
    private WireBuffer _nulls = new(pool, values.Name);

    /// <summary>The values below the null map.</summary>
    public Column Values => values;

    /// <summary>True a row where it is null.</summary>
    public ReadOnlySpan<bool> Nulls => MemoryMarshal.Cast<byte, bool>(_nulls.Written);

    public override long Bytes => _nulls.Length + values.Bytes;

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) => Keep(values.AppendText(text));

    public override AppendOutcome AppendNumber(in NumberText number) => Keep(values.AppendNumber(number));

    public override AppendOutcome AppendInteger(long value) => Keep(values.AppendInteger(value));

    public override AppendOutcome AppendBool(bool value) => Keep(values.AppendBool(value));

    public override AppendOutcome AppendJson(ReadOnlySpan<byte> json) => Keep(values.AppendJson(json));

    public override void AppendDefault() => AppendNull();

    public override bool AppendNull()
    {
        values.AppendDefault();
        _nulls.Write((byte)1);
        Count++;
        return true;
    }

    public override void Truncate(int rows)
    {
        if (rows >= Count) return;
        values.Truncate(rows);
        _nulls.Truncate(rows);
        Count = rows;
    }

    public override void Dispose()
    {
        _nulls.Dispose();
        values.Dispose();
    }

    internal override void AppendRows(Column source, ReadOnlySpan<int> rows)
    {
        var from = (NullableColumn)source;
        values.AppendRows(from.Values, rows);
        ReadOnlySpan<byte> nulls = from._nulls.Written;
        Span<byte> to = _nulls.Take(rows.Length);
        for (int i = 0; i < to.Length; i++) to[i] = nulls[rows[i]];
        Count += rows.Length;
    }

    internal override void WritePrefix(WireSegments output) => values.WritePrefix(output);

    internal override void WriteData(WireSegments output)
    {
        output.Add(_nulls.Memory);
        values.WriteData(output);
    }

    private AppendOutcome Keep(AppendOutcome outcome)
    {
        if (outcome != AppendOutcome.Accepted) return outcome;
        _nulls.Write((byte)0);
        Count++;
        return outcome;
    }
}
