using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>UUID: two 64-bit halves, the first half first, each little endian, as ClickHouse sends it.</summary>
internal sealed class UuidColumn(string name, ColumnType type, BufferPool pool) : FixedColumn<UInt128>(name, type, pool)
{
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (!UuidText.TryParse(text, out ulong first, out ulong second)) return AppendOutcome.NotAUuid;

        // In memory UInt128 lies with its lower half first.
        Append(new UInt128(second, first));
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendNumber(in NumberText number) => AppendOutcome.NotAUuid;

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotAUuid;
}
