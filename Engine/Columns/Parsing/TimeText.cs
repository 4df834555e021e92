namespace ClickSink.Engine.Columns.Parsing;

/// <summary>Times of day and spans of time: <c>10:11</c>, <c>10:11:12</c>, <c>-123:11:12.345</c>.</summary>
internal static class TimeText
{
    private const int MaxHourDigits = 3;

    /// <summary>Reads a whole text into a magnitude and its sign.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long seconds, out int nanoseconds, out bool negative)
    {
        seconds = 0;
        nanoseconds = 0;
        negative = text.Length > 0 && text[0] == '-';
        int at = negative ? 1 : 0;
        int first = at;
        int hours = 0;
        while (at < text.Length && char.IsAsciiDigit((char)text[at])) hours = hours * 10 + text[at++] - '0';
        if (at == first || at - first > MaxHourDigits || !TryTwo(text, ref at, out int minutes)) return false;

        int second = 0;
        if (at < text.Length && !TryTwo(text, ref at, out second)) return false;
        if (at < text.Length && !TryFraction(text, at, out nanoseconds)) return false;
        seconds = hours * 3600L + minutes * 60 + second;
        return minutes < 60 && second < 60;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, ref int at, out int value)
    {
        value = 0;
        if (text.Length - at < 3 || text[at] != ':' || !char.IsAsciiDigit((char)text[at + 1]) || !char.IsAsciiDigit((char)text[at + 2])) return false;
        value = (text[at + 1] - '0') * 10 + text[at + 2] - '0';
        at += 3;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, int at, out int nanoseconds)
    {
        nanoseconds = 0;
        if (text[at] is not ((byte)'.' or (byte)',') || ++at == text.Length) return false;
        for (int unit = CivilTime.NanosecondsPerSecond / 10; at < text.Length; at++, unit /= 10)
        {
            if (!char.IsAsciiDigit((char)text[at])) return false;
            nanoseconds += (text[at] - '0') * unit;
        }

        return true;
    }
}
