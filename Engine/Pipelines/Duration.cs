using System.Globalization;

namespace ClickSink.Engine.Pipelines;

/// <summary>Reads and prints a span of time as a user writes it: <c>250ms</c>, <c>1s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c>.</summary>
public static class Duration
{
    private static readonly (string Suffix, double Milliseconds)[] Units =
        [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads a duration; false when the text is none or is negative.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        foreach (var (suffix, milliseconds) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)) continue;
            if (!double.TryParse(text.AsSpan()[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) continue;
            // Written so that it also refuses NaN, which double.TryParse reads whatever styles are allowed.
            if (!(number * milliseconds <= TimeSpan.MaxValue.TotalMilliseconds / 2)) return false;
            duration = TimeSpan.FromMilliseconds(number * milliseconds);
            return true;
        }

        return false;
    }

    /// <summary>The duration in the largest unit that divides it.</summary>
    public static string Format(TimeSpan duration)
    {
        var milliseconds = (long)duration.TotalMilliseconds;
        return milliseconds switch
        {
            > 0 when milliseconds % 86_400_000 == 0 => $"{milliseconds / 86_400_000}d",
            > 0 when milliseconds % 3_600_000 == 0 => $"{milliseconds / 3_600_000}h",
            > 0 when milliseconds % 60_000 == 0 => $"{milliseconds / 60_000}m",
            > 0 when milliseconds % 1000 == 0 => $"{milliseconds / 1000}s",
            _ => $"{milliseconds}ms",
        };
    }
}
