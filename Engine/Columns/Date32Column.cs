using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Date32: days from 1970-01-01, 32 bits, for the years 1900 to 2299. Read as <see cref="DateColumn"/> reads it: a whole number within the
/// range counts days, another one is an epoch number.
/// </summary>
internal sealed class Date32Column(string name, ColumnType type, BufferPool pool, TimestampOptions options)
    : FixedColumn<int>(name, type, pool)
{
    private const int MinDays = -25_567;
    private const int MaxDays = 120_529;

    private readonly DateReader _reader = new(options, MinDays, MaxDays);

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) => Append(_reader.ReadText(text, out long days), days);

    public override AppendOutcome AppendNumber(in NumberText number) => Append(_reader.ReadNumber(number, out long days), days);

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotADate;

    private AppendOutcome Append(AppendOutcome outcome, long days)
    {
        if (outcome != AppendOutcome.Accepted) return outcome;
        if (days is < MinDays or > MaxDays) return AppendOutcome.OutOfRange;
        Append((int)days);
        return AppendOutcome.Accepted;
    }
}
