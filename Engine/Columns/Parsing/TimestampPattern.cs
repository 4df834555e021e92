using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ClickSink.Engine.Columns.Parsing;

/// <summary>A pattern of timestamps, compiled to one step a field. Reads without allocating.</summary>
internal sealed class TimestampPattern
{
    private const int Century = 2000;
    private const string Known = "yyyy yy MMM MM M dd d EEE HH H hh h a mm m ss s S X";

    private static readonly byte[][] Months = Names("jan feb mar apr may jun jul aug sep oct nov dec");
    private static readonly byte[][] Weekdays = Names("mon tue wed thu fri sat sun");
    private static readonly byte[][] Halves = Names("am pm");

    private readonly Step[] _steps;
    private readonly bool _shortYear;

    private TimestampPattern(Step[] steps)
    {
        _steps = steps;
        _shortYear = steps.Any(step => step is { Field: 'y', Width: 2 });
    }

    private readonly record struct Step(char Field, int Width, byte Literal);

    /// <summary>Compiles a pattern.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TimestampPattern? pattern, [NotNullWhen(false)] out string? error)
    {
        pattern = null;
        List<Step> steps = [];
        error = ReadSteps(text, steps);
        if (error is not null) return false;
        foreach (char needed in "yMd")
        {
            if (!steps.Any(step => step.Field == needed)) error ??= "a pattern needs year, month and day, such as yyyy-MM-dd HH:mm:ss";
        }

        if (steps.Any(step => step.Field == 'h') != steps.Any(step => step.Field == 'a')) error ??= "hours of half a day (h) and am or pm (a) go together";
        if (steps.Where(step => step.Field != '\'').GroupBy(step => step.Field).Any(group => group.Count() > 1)) error ??= "a pattern has each field once";
        if (error is not null) return false;
        pattern = new TimestampPattern([.. steps]);
        return true;
    }

    /// <summary>Reads a whole text; false if it does not follow the pattern, or names a day or time that does not exist.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out CivilTime time)
    {
        time = default;
        int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, nanoseconds = 0, half = -1, at = 0;
        int? offset = null;
        foreach (Step step in _steps)
        {
            bool read = step.Field switch
            {
                '\'' => at < text.Length && text[at++] == step.Literal,
                'y' => TryNumber(text, ref at, step.Width, step.Width, ref year),
                'M' when step.Width == 3 => TryName(text, ref at, Months, ref month),
                'M' => TryNumber(text, ref at, step.Width, 2, ref month),
                'd' => TryNumber(text, ref at, step.Width, 2, ref day),
                'E' => TryName(text, ref at, Weekdays, ref second) && (second = 0) == 0,
                'H' or 'h' => TryNumber(text, ref at, step.Width, 2, ref hour),
                'm' => TryNumber(text, ref at, step.Width, 2, ref minute),
                's' => TryNumber(text, ref at, step.Width, 2, ref second),
                'a' => TryName(text, ref at, Halves, ref half),
                'S' => TryFraction(text, ref at, ref nanoseconds),
                _ => TryOffset(text, ref at, ref offset),
            };
            if (!read) return false;
        }

        if (at != text.Length || hour > 23 || minute > 59 || second > 59) return false;
        if (half >= 0)
        {
            // Names are counted from 1. Twelve o'clock comes first in both halves of the day.
            if (hour is < 1 or > 12) return false;
            hour = hour % 12 + (half == 2 ? 12 : 0);
        }

        if (_shortYear) year += Century;
        if (!TimestampText.TryGetDays(year, month, day, out long days)) return false;
        time = new CivilTime(days * CivilTime.SecondsPerDay + hour * 3600 + minute * 60 + second, nanoseconds, offset);
        return true;
    }

    private static string? ReadSteps(string text, List<Step> steps)
    {
        for (int at = 0; at < text.Length;)
        {
            char c = text[at];
            if (c == '\'')
            {
                int end = text.IndexOf('\'', at + 1);
                if (end < 0) return "a quote is not closed";
                AddLiteral(steps, end == at + 1 ? "'" : text[(at + 1)..end]);
                at = end + 1;
                continue;
            }

            int width = 1;
            while (at + width < text.Length && text[at + width] == c) width++;
            if (!char.IsAsciiLetter(c))
            {
                AddLiteral(steps, text.Substring(at, width));
            }
            else
            {
                if (!IsField(c, width)) return $"{text.Substring(at, width)} is not a field; known are {Known}, and text stands in 'quotes'";
                steps.Add(new Step(c, width, 0));
            }

            at += width;
        }

        return null;
    }

    private static bool IsField(char c, int width) => c switch
    {
        'y' => width is 2 or 4,
        'M' => width <= 3,
        'E' => width == 3,
        'd' or 'H' or 'h' or 'm' or 's' => width <= 2,
        'S' => width <= 9,
        'X' => width <= 3,
        'a' => width == 1,
        _ => false,
    };

    private static void AddLiteral(List<Step> steps, string text)
    {
        foreach (byte b in Encoding.UTF8.GetBytes(text)) steps.Add(new Step('\'', 0, b));
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, ref int at, int least, int most, ref int value)
    {
        int first = at;
        while (at < text.Length && at - first < most && char.IsAsciiDigit((char)text[at])) value = value * 10 + text[at++] - '0';
        return at - first >= least;
    }

    private static bool TryName(ReadOnlySpan<byte> text, ref int at, byte[][] names, ref int value)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (text.Length - at < names[i].Length || !Ascii.EqualsIgnoreCase(text.Slice(at, names[i].Length), names[i])) continue;
            at += names[i].Length;
            value = i + 1;
            return true;
        }

        return false;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, ref int at, ref int nanoseconds)
    {
        int first = at;
        for (int unit = CivilTime.NanosecondsPerSecond / 10; at < text.Length && char.IsAsciiDigit((char)text[at]); at++, unit /= 10)
            nanoseconds += (text[at] - '0') * unit;
        return at > first;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, ref int at, ref int? offset)
    {
        // An offset is the last or goes to the next blank.
        int end = text[at..].IndexOf((byte)' ');
        end = end < 0 ? text.Length : at + end;
        if (end == at) return false;
        ReadOnlySpan<byte> written = text[at..end];
        at = end;
        if (written.SequenceEqual("GMT"u8))
        {
            offset = 0;
            return true;
        }

        if (!TimestampText.TryParseOffset(written, out int seconds)) return false;
        offset = seconds;
        return true;
    }

    private static byte[][] Names(string names) => [.. names.Split(' ').Select(Encoding.UTF8.GetBytes)];
}
