namespace ClickSink.Engine.Columns.Parsing;

/// <summary>Text and numbers as a day. Not thread-safe.</summary>
internal sealed class DateReader(TimestampOptions options, int minDays, int maxDays)
{
    private readonly TimestampFormat? _format = options.Format;

    /// <summary>Reads the date of a timestamp as written, whatever its zone; digits alone are read as a number.</summary>
    public AppendOutcome ReadText(ReadOnlySpan<byte> text, out long days)
    {
        bool read = TimestampReader.TryReadCivil(_format, text, out CivilTime time);
        days = time.Days;
        if (read) return AppendOutcome.Accepted;
        return _format?.HasPattern != true && NumberText.TryParse(text, out NumberText number)
            ? ReadNumber(number, out days)
            : AppendOutcome.NotADate;
    }

    /// <summary>Reads a number: days where no format says otherwise and the type has so many of them, else an epoch number.</summary>
    public AppendOutcome ReadNumber(in NumberText number, out long days)
    {
        if (_format?.HasPattern == true) return ReadText(number.Text, out days);
        if (_format is null && ScaledInteger.Read(number, scale: 0, out ulong count) == AppendOutcome.Accepted && count <= (ulong)maxDays)
        {
            days = number.IsNegative ? -(long)count : (long)count;
            if (days >= minDays) return AppendOutcome.Accepted;
        }

        days = 0;
        if (!EpochNumber.TryRead(number, _format?.Unit, out long seconds, out int nanoseconds)) return AppendOutcome.OutOfRange;
        days = new CivilTime(seconds, nanoseconds, null).Days;
        return AppendOutcome.Accepted;
    }
}
