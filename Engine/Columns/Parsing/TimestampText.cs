using System.Runtime.CompilerServices;

namespace ClickSink.Engine.Columns.Parsing;

/// <summary>
/// Timestamps as ISO 8601 and RFC 3339 write them, and as databases and log writers vary them: <c>2026-11-21</c>,
/// <c>2026-11-21T10:11</c>, <c>2026-11-21 10:11:12.123456789 +01:00</c>, <c>...Z</c>, <c>... UTC</c>, <c>20261121</c>, <c>20261121101112</c>.
/// </summary>
internal static class TimestampText
{
    private const int DateLength = 10;
    private const int MinuteLength = 16;
    private const int SecondLength = 19;

    private static ReadOnlySpan<byte> DaysInMonth => [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>Reads a whole text; false if it is no timestamp, or one of a day that the calendar does not have.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CivilTime time)
    {
        time = default;
        if (text.Length < DateLength || text[4] != '-') return TryParseCompact(text, out time);

        int bad = 0;
        int year = Two(text, 0, ref bad) * 100 + Two(text, 2, ref bad);
        int month = Two(text, 5, ref bad);
        int day = Two(text, 8, ref bad);
        if (bad < 0 || text[7] != '-' || !TryGetDays(year, month, day, out long days)) return false;

        long seconds = days * CivilTime.SecondsPerDay;
        if (text.Length == DateLength)
        {
            time = new CivilTime(seconds, 0, null);
            return true;
        }

        if (text.Length < MinuteLength || ((text[10] | 0x20) != 't' && text[10] != ' ') || text[13] != ':') return false;
        int hour = Two(text, 11, ref bad);
        int minute = Two(text, 14, ref bad);
        int second = 0;
        int at = MinuteLength;
        if (text.Length >= SecondLength && text[16] == ':')
        {
            second = Two(text, 17, ref bad);
            at = SecondLength;
        }

        if ((bad | (23 - hour) | (59 - minute) | (59 - second)) < 0) return false;
        seconds += hour * 3600 + minute * 60 + second;
        return TryParseRest(text, at, seconds, out time);
    }

    /// <summary>Reads what may stand behind the seconds: a fraction, and a zone.</summary>
    private static bool TryParseRest(ReadOnlySpan<byte> text, int at, long seconds, out CivilTime time)
    {
        time = default;
        int nanoseconds = 0;
        if (at == SecondLength && (uint)at < (uint)text.Length && text[at] is (byte)'.' or (byte)',')
        {
            int first = ++at;
            int unit = CivilTime.NanosecondsPerSecond;
            uint digit;
            while ((uint)at < (uint)text.Length && (digit = (uint)text[at] - '0') <= 9)
            {
                unit /= 10;
                nanoseconds += (int)digit * unit;
                at++;
            }

            if (at == first) return false;
        }

        if (at == text.Length)
        {
            time = new CivilTime(seconds, nanoseconds, null);
            return true;
        }

        if (text.Length - at == 1 && (text[at] | 0x20) == 'z')
        {
            time = new CivilTime(seconds, nanoseconds, 0);
            return true;
        }

        if (!TryParseOffset(text[at..], out int offset)) return false;
        time = new CivilTime(seconds, nanoseconds, offset);
        return true;
    }

    /// <summary>+hh:mm, +hhmm, +hh, Z or UTC, perhaps behind a space.</summary>
    internal static bool TryParseOffset(ReadOnlySpan<byte> text, out int offset)
    {
        offset = 0;
        if (text[0] == ' ') text = text[1..];
        if (text.SequenceEqual("UTC"u8) || text.SequenceEqual("Z"u8)) return true;
        if (text.Length is not (3 or 5 or 6) || text[0] is not ((byte)'+' or (byte)'-')) return false;

        int bad = 0;
        int hours = Two(text, 1, ref bad);
        int minutes = 0;
        if (text.Length == 5) minutes = Two(text, 3, ref bad);
        if (text.Length == 6)
        {
            if (text[3] != ':') return false;
            minutes = Two(text, 4, ref bad);
        }

        if ((bad | (18 - hours) | (59 - minutes)) < 0) return false;
        offset = (hours * 60 + minutes) * 60;
        if (text[0] == '-') offset = -offset;
        return true;
    }

    /// <summary>Eight or fourteen digits: ISO 8601's basic form. Any other count of digits is a number, not a date.</summary>
    private static bool TryParseCompact(ReadOnlySpan<byte> text, out CivilTime time)
    {
        time = default;
        if (text.Length is not (8 or 14)) return false;
        int bad = 0;
        int year = Two(text, 0, ref bad) * 100 + Two(text, 2, ref bad);
        int month = Two(text, 4, ref bad);
        int day = Two(text, 6, ref bad);
        if (bad < 0 || !TryGetDays(year, month, day, out long days)) return false;

        long seconds = days * CivilTime.SecondsPerDay;
        if (text.Length == 14)
        {
            int hour = Two(text, 8, ref bad);
            int minute = Two(text, 10, ref bad);
            int second = Two(text, 12, ref bad);
            if ((bad | (23 - hour) | (59 - minute) | (59 - second)) < 0) return false;
            seconds += hour * 3600 + minute * 60 + second;
        }

        time = new CivilTime(seconds, 0, null);
        return true;
    }

    /// <summary>Two digits; <paramref name="bad"/> turns negative if one of them is none, so that many fields share one test.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Two(ReadOnlySpan<byte> text, int at, ref int bad)
    {
        uint tens = (uint)text[at] - '0';
        uint ones = (uint)text[at + 1] - '0';
        bad |= (int)(9 - tens) | (int)(9 - ones);
        return (int)(tens * 10 + ones);
    }

    internal static bool TryGetDays(int year, int month, int day, out long days)
    {
        days = 0;
        if ((uint)(month - 1) > 11 || (uint)(year - 1) > 9998) return false;
        int length = DaysInMonth[month];
        if (month == 2 && DateTime.IsLeapYear(year)) length++;
        if ((uint)(day - 1) >= (uint)length) return false;

        // Years begin in March here, so that the leap day is the last of its year and month lengths follow one formula.
        if (month <= 2)
        {
            year--;
            month += 12;
        }

        days = 365L * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 719_469;
        return true;
    }
}
