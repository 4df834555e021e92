using System.Buffers.Text;
using Text = System.ReadOnlyMemory<byte>;

namespace ClickSink.Engine.Transforms.Expressions.Functions;

/// <summary>Lengths of time as CEL reads and writes them: <c>1h30m</c>, <c>-1.5s</c>; written in seconds.</summary>
internal static class DurationText
{
    private const int MaxBytes = 40;
    private const int FractionDigits = 9;

    public static Text Write(RowScope row, Elapsed elapsed)
    {
        var room = row.Take(MaxBytes);
        var text = room.Span;
        var length = 0;
        if (Int128.IsNegative(elapsed.Nanoseconds)) text[length++] = (byte)'-';
        var magnitude = Int128.Abs(elapsed.Nanoseconds);
        Utf8Formatter.TryFormat((long)(magnitude / Instant.NanosecondsPerSecond), text[length..], out var digits);
        length += digits;
        length += TimestampWriter.WriteFraction(text[length..], (int)(magnitude % Instant.NanosecondsPerSecond));
        text[length++] = (byte)'s';
        return room[..length];
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out Elapsed elapsed)
    {
        elapsed = default;
        var isNegative = text.Length > 0 && text[0] == '-';
        var at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        if (at == text.Length) return false;
        Int128 total = 0;
        while (at < text.Length)
        {
            if (!TryReadPart(text, ref at, out var part)) return false;
            total += part;
        }

        return Elapsed.TryMake(isNegative ? -total : total, out elapsed);
    }

    private static bool TryReadPart(ReadOnlySpan<byte> text, ref int at, out Int128 part)
    {
        part = 0;
        if (!Utf8Parser.TryParse(text[at..], out ulong whole, out var used) || whole > long.MaxValue) return false;
        at += used;
        long fraction = 0;
        if (at < text.Length && text[at] == '.')
        {
            var first = ++at;
            for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
            {
                if (at - first < FractionDigits) fraction = fraction * 10 + (text[at] - '0');
            }

            if (at == first) return false;
            for (var digits = at - first; digits < FractionDigits; digits++) fraction *= 10;
        }

        var unit = ReadUnit(text, ref at);
        part = (Int128)whole * unit + (Int128)fraction * unit / Instant.NanosecondsPerSecond;
        return unit > 0;
    }

    private static long ReadUnit(ReadOnlySpan<byte> text, ref int at)
    {
        var rest = text[at..];
        var (length, unit) = rest switch
        {
            [(byte)'n', (byte)'s', ..] => (2, 1L),
            [(byte)'u', (byte)'s', ..] => (2, 1_000L),
            [(byte)'m', (byte)'s', ..] => (2, 1_000_000L),
            [(byte)'s', ..] => (1, Instant.NanosecondsPerSecond),
            [(byte)'m', ..] => (1, 60 * Instant.NanosecondsPerSecond),
            [(byte)'h', ..] => (1, 3600 * Instant.NanosecondsPerSecond),
            [(byte)'d', ..] => (1, 86_400 * Instant.NanosecondsPerSecond),
            _ => (0, 0L),
        };
        at += length;
        return unit;
    }
}
