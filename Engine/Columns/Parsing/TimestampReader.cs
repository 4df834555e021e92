namespace ClickSink.Engine.Columns.Parsing;

/// <summary>Text and numbers as a point in time, for the column types that hold one. Not thread-safe (its zone clock is not).</summary>
internal sealed class TimestampReader(string? zone)
{
    private readonly ZoneClock? _clock = ZoneClock.For(zone);

    /// <summary>Reads a timestamp text; digits alone are read as an epoch number.</summary>
    public AppendOutcome ReadText(ReadOnlySpan<byte> text, out long seconds, out int nanoseconds)
    {
        if (!TimestampText.TryParse(text, out CivilTime time))
        {
            if (NumberText.TryParse(text, out NumberText number)) return ReadNumber(number, out seconds, out nanoseconds);
            seconds = 0;
            nanoseconds = 0;
            return AppendOutcome.NotATimestamp;
        }

        nanoseconds = time.Nanoseconds;
        seconds = time.Seconds;
        if (time.OffsetSeconds is int offset)
            seconds -= offset;
        else if (_clock is not null)
            seconds = _clock.ToUtc(seconds);
        return AppendOutcome.Accepted;
    }

    /// <summary>Reads an epoch number.</summary>
    public static AppendOutcome ReadNumber(in NumberText number, out long seconds, out int nanoseconds) =>
        EpochNumber.TryRead(number, out seconds, out nanoseconds) ? AppendOutcome.Accepted : AppendOutcome.OutOfRange;
}
