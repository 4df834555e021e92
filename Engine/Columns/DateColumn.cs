using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Date: days from 1970-01-01, 16 bits. Of a timestamp text the date is kept as written, whatever its zone; a whole number up to 65535
/// counts days, as Debezium sends dates, and a larger one is an epoch number.
/// </summary>
internal sealed class DateColumn(string name, ColumnType type, BufferPool pool, TimestampOptions options)
    : FixedColumn<ushort>(name, type, pool)
{
    private readonly DateReader _reader = new(options, -ushort.MaxValue, ushort.MaxValue);

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) => Append(_reader.ReadText(text, out long days), days);

    public override AppendOutcome AppendNumber(in NumberText number) => Append(_reader.ReadNumber(number, out long days), days);

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotADate;

    private AppendOutcome Append(AppendOutcome outcome, long days)
    {
        if (outcome != AppendOutcome.Accepted) return outcome;
        if (days is < 0 or > ushort.MaxValue) return AppendOutcome.OutOfRange;
        Append((ushort)days);
        return AppendOutcome.Accepted;
    }
}
