using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>DateTime: UTC seconds from 1970, 32 bits. Fractions are cut off.</summary>
internal sealed class DateTimeColumn(string name, ColumnType type, BufferPool pool, TimestampOptions options)
    : FixedColumn<uint>(name, type, pool)
{
    private readonly TimestampReader _reader = new(options, type.TimeZone);

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) => Append(_reader.ReadText(text, out long seconds, out _), seconds);

    public override AppendOutcome AppendNumber(in NumberText number) =>
        Append(_reader.ReadNumber(number, out long seconds, out _), seconds);

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotATimestamp;

    private AppendOutcome Append(AppendOutcome outcome, long seconds)
    {
        if (outcome != AppendOutcome.Accepted) return outcome;
        if (seconds is < 0 or > uint.MaxValue) return AppendOutcome.OutOfRange;
        Append((uint)seconds);
        return AppendOutcome.Accepted;
    }
}
