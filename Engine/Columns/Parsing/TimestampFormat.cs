using System.Diagnostics.CodeAnalysis;

namespace ClickSink.Engine.Columns.Parsing;

/// <summary>
/// How timestamps of a column are written: epoch numbers of a unit, or texts of a pattern. Patterns have the letters that Java, Unicode
/// (LDML) and Joda use: yyyy yy MMM MM M dd d EEE HH H hh h a mm m ss s S (a fraction of any length) X (an offset, Z, UTC or GMT), and text
/// in single quotes.
/// </summary>
public sealed class TimestampFormat
{
    private const string Auto = "auto";
    private const string EpochPrefix = "epoch";

    private static readonly Dictionary<string, EpochUnit> Epochs = new(StringComparer.Ordinal)
    {
        ["epochDays"] = EpochUnit.Days,
        ["epochSeconds"] = EpochUnit.Seconds,
        ["epochMillis"] = EpochUnit.Milliseconds,
        ["epochMicros"] = EpochUnit.Microseconds,
        ["epochNanos"] = EpochUnit.Nanoseconds,
    };

    private readonly TimestampPattern? _pattern;

    private TimestampFormat(EpochUnit? unit, TimestampPattern? pattern)
    {
        Unit = unit;
        _pattern = pattern;
    }

    /// <summary>What numbers count; null for a pattern.</summary>
    public EpochUnit? Unit { get; }

    /// <summary>Whether the timestamps are texts of a pattern.</summary>
    public bool HasPattern => _pattern is not null;

    /// <summary>Reads a format as a user writes it.</summary>
    /// <param name="text">auto, one of epochDays, epochSeconds, epochMillis, epochMicros and epochNanos, or a pattern; null is
    /// auto.</param>
    /// <param name="format">The format; null for auto.</param>
    /// <param name="error">What is wrong with the text, as a rule that it breaks.</param>
    public static bool TryParse(string? text, out TimestampFormat? format, [NotNullWhen(false)] out string? error)
    {
        format = null;
        error = null;
        if (text is null or Auto) return true;
        if (Epochs.TryGetValue(text, out EpochUnit unit))
        {
            format = new TimestampFormat(unit, null);
            return true;
        }

        if (text.StartsWith(EpochPrefix, StringComparison.Ordinal))
        {
            error = $"must be {Auto}, one of {string.Join(", ", Epochs.Keys)}, or a pattern such as yyyy-MM-dd HH:mm:ss";
            return false;
        }

        if (!TimestampPattern.TryParse(text, out TimestampPattern? pattern, out error)) return false;
        format = new TimestampFormat(null, pattern);
        return true;
    }

    internal static TimestampFormat Parse(string text) =>
        TryParse(text, out TimestampFormat? format, out string? error) && format is not null
        ? format
        : throw new ArgumentException(error ?? "The format is auto.", nameof(text));

    internal bool TryRead(ReadOnlySpan<byte> text, out CivilTime time) => _pattern!.TryRead(text, out time);
}
