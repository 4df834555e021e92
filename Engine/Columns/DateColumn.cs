using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Date: days from 1970-01-01, 16 bits. Of a timestamp text the date is kept as written, whatever its zone; a whole number
/// up to 65535 counts days, as Debezium sends dates, and a larger one is an epoch number.
/// </summary>
internal sealed class DateColumn(string name, ColumnType type, BufferPool pool) : FixedColumn<ushort>(name, type, pool)
{
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (TimestampText.TryParse(text, out CivilTime time)) return AppendDays(time.Days);
        return NumberText.TryParse(text, out NumberText number) ? AppendNumber(number) : AppendOutcome.NotADate;
    }

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        if (ScaledInteger.Read(number, scale: 0, out ulong days) == AppendOutcome.Accepted && days <= ushort.MaxValue)
            return AppendDays(number.IsNegative ? -(long)days : (long)days);
        if (!EpochNumber.TryRead(number, out long seconds, out int nanoseconds)) return AppendOutcome.OutOfRange;
        return AppendDays(new CivilTime(seconds, nanoseconds, null).Days);
    }

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotADate;

    private AppendOutcome AppendDays(long days)
    {
        if (days is < 0 or > ushort.MaxValue) return AppendOutcome.OutOfRange;
        Append((ushort)days);
        return AppendOutcome.Accepted;
    }
}
