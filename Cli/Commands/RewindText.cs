using System.Globalization;
using ClickSink.Cli.Api;

namespace ClickSink.Cli.Commands;

/// <summary>Reads offsets and ranges as they are typed.</summary>
internal static class RewindText
{
    /// <summary>Reads <c>0:123,1:45</c>.</summary>
    /// <exception cref="ApiException">It is something else.</exception>
    public static Dictionary<int, long> ReadOffsets(string text)
    {
        var result = new Dictionary<int, long>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split(':') is not [var partition, var offset] || !TryRead(partition, out var p) || !TryRead(offset, out var o) || p > int.MaxValue)
                throw new ApiException(ExitCode.Usage, $"--offsets: '{part}' must be partition:offset, such as 0:123");
            if (!result.TryAdd((int)p, o)) throw new ApiException(ExitCode.Usage, $"--offsets: partition {p} is there twice");
        }

        return result;
    }

    /// <summary>Reads <c>0:100-200,1:5-9</c>.</summary>
    /// <exception cref="ApiException">It is something else.</exception>
    public static IReadOnlyList<TypedRange> ReadRanges(string text)
    {
        var result = new List<TypedRange>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split(':', '-') is not [var partition, var from, var to] || !TryRead(partition, out var p) || !TryRead(from, out var f) || !TryRead(to, out var t) || p > int.MaxValue)
                throw new ApiException(ExitCode.Usage, $"--replay: '{part}' must be partition:from-to, such as 0:100-200");
            result.Add(new TypedRange((int)p, f, t));
        }

        return result;
    }

    private static bool TryRead(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}

/// <summary>A range of offsets as it was typed; both ends included.</summary>
internal sealed record TypedRange(int Partition, long From, long To);
