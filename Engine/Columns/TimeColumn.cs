using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Time and Time64(p): a signed span of up to 999:59:59, in seconds or ticks of 10^-p of them. Finer fractions are cut off.
/// </summary>
internal sealed class TimeColumn<T> : FixedColumn<T> where T : unmanaged, System.Numerics.IBinaryInteger<T>
{
    private const long MaxSeconds = 999 * 3600 + 59 * 60 + 59;

    private readonly long _ticksPerSecond;
    private readonly int _nanosecondsPerTick;

    public TimeColumn(string name, ColumnType type, BufferPool pool) : base(name, type, pool)
    {
        _ticksPerSecond = (long)PowersOfTen.Integers[type.Precision];
        _nanosecondsPerTick = (int)PowersOfTen.Integers[9 - type.Precision];
    }

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (TimeText.TryParse(text, out long seconds, out int nanoseconds, out bool negative))
            return Append(seconds, nanoseconds, negative);
        return NumberText.TryParse(text, out NumberText number) ? AppendNumber(number) : AppendOutcome.NotATime;
    }

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        if (!EpochNumber.TryRead(number, EpochUnit.Seconds, out long seconds, out int nanoseconds)) return AppendOutcome.OutOfRange;
        if (!number.IsNegative) return Append(seconds, nanoseconds, negative: false);

        // The reader keeps the fraction positive: -0.25 came as -1 and 0.75.
        bool hasFraction = nanoseconds > 0;
        return Append(-seconds - (hasFraction ? 1 : 0), hasFraction ? CivilTime.NanosecondsPerSecond - nanoseconds : 0, negative: true);
    }

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotATime;

    private AppendOutcome Append(long seconds, int nanoseconds, bool negative)
    {
        if (seconds > MaxSeconds) return AppendOutcome.OutOfRange;
        long ticks = seconds * _ticksPerSecond + nanoseconds / _nanosecondsPerTick;
        Append(T.CreateTruncating(negative ? -ticks : ticks));
        return AppendOutcome.Accepted;
    }
}
