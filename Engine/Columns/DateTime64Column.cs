using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>DateTime64(p): UTC ticks of 10^-p seconds from 1970, 64 bits. Finer fractions are cut off.</summary>
internal sealed class DateTime64Column : FixedColumn<long>
{
    /// <summary>1900-01-01 00:00:00, the first second of the type.</summary>
    private const long MinSeconds = -2_208_988_800;

    /// <summary>2299-12-31 23:59:59, the last second of the type.</summary>
    private const long MaxSeconds = 10_413_791_999;

    private readonly TimestampReader _reader;
    private readonly long _ticksPerSecond;
    private readonly int _nanosecondsPerTick;
    private readonly long _maxSeconds;

    public DateTime64Column(string name, ColumnType type, BufferPool pool, TimestampOptions options) : base(name, type, pool)
    {
        _reader = new TimestampReader(options, type.TimeZone);
        _ticksPerSecond = (long)PowersOfTen.Integers[type.Precision];
        _nanosecondsPerTick = (int)PowersOfTen.Integers[9 - type.Precision];

        // With nanoseconds, 64 bits end in 2262.
        _maxSeconds = Math.Min(MaxSeconds, long.MaxValue / _ticksPerSecond - 1);
    }

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) =>
        Append(_reader.ReadText(text, out long seconds, out int nanoseconds), seconds, nanoseconds);

    public override AppendOutcome AppendNumber(in NumberText number) =>
        Append(_reader.ReadNumber(number, out long seconds, out int nanoseconds), seconds, nanoseconds);

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotATimestamp;

    private AppendOutcome Append(AppendOutcome outcome, long seconds, int nanoseconds)
    {
        if (outcome != AppendOutcome.Accepted) return outcome;
        if (seconds < MinSeconds || seconds > _maxSeconds) return AppendOutcome.OutOfRange;
        Append(seconds * _ticksPerSecond + (uint)nanoseconds / (uint)_nanosecondsPerTick);
        return AppendOutcome.Accepted;
    }
}
