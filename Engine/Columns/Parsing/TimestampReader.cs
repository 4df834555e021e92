namespace ClickSink.Engine.Columns.Parsing;

/// <summary>Text and numbers as a point in time, for the column types that hold one. Not thread-safe (its zone clock is not).</summary>
internal sealed class TimestampReader(TimestampOptions options, string? typeZone)
{
    private readonly ZoneClock? _clock = ZoneClock.For(options.Zone ?? typeZone);
    private readonly TimestampFormat? _format = options.Format;

    /// <summary>Reads a timestamp text; digits alone are read as an epoch number.</summary>
    public AppendOutcome ReadText(ReadOnlySpan<byte> text, out long seconds, out int nanoseconds)
    {
        if (!TryReadCivil(_format, text, out CivilTime time))
        {
            if (_format?.HasPattern != true && NumberText.TryParse(text, out NumberText number))
                return ReadNumber(number, out seconds, out nanoseconds);
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

    /// <summary>Reads an epoch number, or the digits of a number by the format's pattern.</summary>
    public AppendOutcome ReadNumber(in NumberText number, out long seconds, out int nanoseconds)
    {
        if (_format?.HasPattern == true) return ReadText(number.Text, out seconds, out nanoseconds);
        return EpochNumber.TryRead(number, _format?.Unit, out seconds, out nanoseconds) ? AppendOutcome.Accepted : AppendOutcome.OutOfRange;
    }

    /// <summary>Reads a text as the format says; an epoch format has no texts but numbers.</summary>
    internal static bool TryReadCivil(TimestampFormat? format, ReadOnlySpan<byte> text, out CivilTime time)
    {
        if (format is null) return TimestampText.TryParse(text, out time) || MailDateText.TryParse(text, out time);
        time = default;
        return format.HasPattern && format.TryRead(text, out time);
    }
}
