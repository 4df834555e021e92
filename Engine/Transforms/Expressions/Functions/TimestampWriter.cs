using System.Globalization;
using Text = System.ReadOnlyMemory<byte>;

namespace ClickSink.Engine.Transforms.Expressions.Functions;

/// <summary>Points in time as RFC 3339 has them, in UTC: <c>2026-11-21T10:11:12.5Z</c>.</summary>
internal static class TimestampWriter
{
    private const int MaxBytes = 40;

    public static Text Write(RowScope row, Instant instant)
    {
        var room = row.Take(MaxBytes);
        var text = room.Span;
        instant.Utc.TryFormat(text, out var length, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        length += WriteFraction(text[length..], instant.Fraction);
        text[length++] = (byte)'Z';
        return room[..length];
    }

    /// <summary>Writes a dot and the digits of a second's fraction, without zeros at the end; nothing for none.</summary>
    public static int WriteFraction(Span<byte> text, int nanoseconds)
    {
        if (nanoseconds == 0) return 0;
        text[0] = (byte)'.';
        nanoseconds.TryFormat(text[1..], out var digits, "D9", CultureInfo.InvariantCulture);
        while (text[digits] == '0') digits--;
        return digits + 1;
    }
}
