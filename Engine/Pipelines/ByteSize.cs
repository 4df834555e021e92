using System.Globalization;

namespace ClickSink.Engine.Pipelines;

/// <summary>A number of bytes as a user writes it: <c>64MiB</c>, <c>1GB</c>, <c>4096</c>.</summary>
/// <param name="Bytes">The number of bytes.</param>
public readonly record struct ByteSize(long Bytes)
{
    private static readonly (string Suffix, long Factor)[] Units =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1)];

    /// <summary>A number of binary megabytes.</summary>
    public static ByteSize FromMiB(long mebibytes) => new(mebibytes << 20);

    /// <summary>Reads a size; false when the text is none or is negative.</summary>
    public static bool TryParse(string? text, out ByteSize size)
    {
        size = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        var number = text.Trim();
        var factor = 1L;
        foreach (var (suffix, unit) in Units)
        {
            if (!number.EndsWith(suffix, StringComparison.Ordinal)) continue;
            number = number[..^suffix.Length].TrimEnd();
            factor = unit;
            break;
        }

        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return false;
        if (value > long.MaxValue / factor) return false;
        size = new ByteSize((long)(value * factor));
        return true;
    }

    /// <summary>The size in the largest binary unit that divides it.</summary>
    public override string ToString() =>
        Bytes switch
        {
            > 0 when Bytes % (1L << 30) == 0 => $"{Bytes >> 30}GiB",
            > 0 when Bytes % (1L << 20) == 0 => $"{Bytes >> 20}MiB",
            > 0 when Bytes % (1L << 10) == 0 => $"{Bytes >> 10}KiB",
            _ => $"{Bytes}B",
        };
}
