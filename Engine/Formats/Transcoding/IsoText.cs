using System.Buffers.Text;
using System.Globalization;

namespace ClickSink.Engine.Formats.Transcoding;

/// <summary>
/// Writes dates and times as ISO 8601 has them, since a bare number would have to be guessed at again. A year outside of 1 to 9999 gets a sign and
/// its digits: no column takes that for another time.
/// </summary>
internal static class IsoText
{
    private const long SecondsPerDay = 86_400;
    private const long NanosecondsPerSecond = 1_000_000_000;

    // The years 1 to 9999, and the length of a time with its seconds.
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;
    private const int SecondsLength = 19;

    // More days than 64 bits of milliseconds have, and far enough from overflow.
    private const long MaxDays = 200_000_000_000;

    /// <summary>Writes a point in time, as a JSON string.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="ticks">Units from 1970.</param>
    /// <param name="unitsPerSecond">How many units a second has: 1, 1,000, 1,000,000 or 1,000,000,000.</param>
    /// <param name="isUtc">Whether it is a point in time; otherwise it is what a clock somewhere showed, and the column's time zone says where.</param>
    public static void Timestamp(JsonOutput output, long ticks, long unitsPerSecond, bool isUtc)
    {
        (long seconds, long fraction) = FloorDivide(ticks, unitsPerSecond);
        Timestamp(output, seconds, (int)(fraction * (NanosecondsPerSecond / unitsPerSecond)), Digits(unitsPerSecond), isUtc);
    }

    /// <summary>Writes a point in time, as a JSON string.</summary>
    public static void Timestamp(JsonOutput output, long seconds, int nanoseconds, int digits, bool isUtc)
    {
        output.Byte((byte)'"');
        if (seconds is >= FirstSecond and <= LastSecond)
        {
            Span<byte> text = stackalloc byte[32];
            Utf8Formatter.TryFormat(DateTime.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond), text, out _, 'O');
            output.Raw(text[..SecondsLength]);
            Fraction(output, nanoseconds, digits);
        }
        else
        {
            (long days, long second) = FloorDivide(seconds, SecondsPerDay);
            Day(output, days);
            output.Byte((byte)'T');
            Clock(output, second, nanoseconds, digits);
        }

        if (isUtc) output.Byte((byte)'Z');
        output.Byte((byte)'"');
    }

    /// <summary>Writes a day, as a JSON string.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="days">Days from 1970.</param>
    public static void Date(JsonOutput output, long days)
    {
        output.Byte((byte)'"');
        Day(output, days);
        output.Byte((byte)'"');
    }

    /// <summary>Writes a time of day, or a span of time, as a JSON string: hours, minutes, seconds, perhaps behind a minus.</summary>
    public static void Time(JsonOutput output, long ticks, long unitsPerSecond)
    {
        bool isNegative = ticks < 0;
        (long seconds, long fraction) = Math.DivRem(ticks, unitsPerSecond);
        output.Byte((byte)'"');
        if (isNegative) output.Byte((byte)'-');
        Clock(output, Math.Abs(seconds), (int)(Math.Abs(fraction) * (NanosecondsPerSecond / unitsPerSecond)), Digits(unitsPerSecond));
        output.Byte((byte)'"');
    }

    private static int Digits(long unitsPerSecond) => unitsPerSecond switch { 1 => 0, 1000 => 3, 1_000_000 => 6, _ => 9 };

    private static (long Quotient, long Remainder) FloorDivide(long value, long by)
    {
        (long quotient, long remainder) = Math.DivRem(value, by);
        return remainder < 0 ? (quotient - 1, remainder + by) : (quotient, remainder);
    }

    private static void Clock(JsonOutput output, long seconds, int nanoseconds, int digits)
    {
        Padded(output, seconds / 3600, 2);
        output.Byte((byte)':');
        Padded(output, seconds / 60 % 60, 2);
        output.Byte((byte)':');
        Padded(output, seconds % 60, 2);
        Fraction(output, nanoseconds, digits);
    }

    private static void Fraction(JsonOutput output, int nanoseconds, int digits)
    {
        if (digits == 0) return;
        Span<byte> text = stackalloc byte[10];
        text[0] = (byte)'.';
        for (int i = 9; i > 0; i--)
        {
            (nanoseconds, int digit) = Math.DivRem(nanoseconds, 10);
            text[i] = (byte)('0' + digit);
        }

        output.Raw(text[..(digits + 1)]);
    }

    private static void Day(JsonOutput output, long days)
    {
        // Years begin in March here, so that the leap day is the last of its year and month lengths follow one formula; 400 years are an era.
        long shifted = Math.Clamp(days, -MaxDays, MaxDays) + 719_468;
        (long era, long dayOfEra) = FloorDivide(shifted, 146_097);
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long month = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * month + 2) / 5 + 1;
        month += month < 10 ? 3 : -9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);

        if (year is < 1 or > 9999)
        {
            output.Byte(year < 0 ? (byte)'-' : (byte)'+');
            Padded(output, Math.Abs(year), 6);
        }
        else
        {
            Padded(output, year, 4);
        }

        output.Byte((byte)'-');
        Padded(output, month, 2);
        output.Byte((byte)'-');
        Padded(output, day, 2);
    }

    private static void Padded(JsonOutput output, long value, int digits)
    {
        Span<byte> text = stackalloc byte[24];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        for (int i = length; i < digits; i++) output.Byte((byte)'0');
        output.Raw(text[..length]);
    }
}
