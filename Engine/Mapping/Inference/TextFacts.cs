using System.Net;
using System.Net.Sockets;
using System.Text;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>
/// What is common to the texts that were seen at one place. Recognised by the very readers that the columns use, so that what is recognised
/// is also taken.
/// </summary>
internal sealed class TextFacts
{
    /// <summary>Different texts that are kept apart; beyond them only that there are more is known.</summary>
    public const int MaxDistinct = 1000;

    private const int UuidLength = 36;
    private const int DateLength = 10;
    private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public int MaxLength { get; private set; }

    /// <summary>Different texts; more than <see cref="MaxDistinct"/> count as one more than that.</summary>
    public int Distinct => _distinct.Count;

    public IEnumerable<string> Values => _distinct;

    public int Uuids { get; private set; }

    public int Dates { get; private set; }

    public int Times { get; private set; }

    /// <summary>Times that say how far their clock is from UTC.</summary>
    public int TimesWithOffset { get; private set; }

    /// <summary>Times whose clock is not UTC.</summary>
    public int TimesElsewhere { get; private set; }

    /// <summary>The most digits of a second's fraction.</summary>
    public int FractionDigits { get; private set; }

    public long MinSeconds { get; private set; } = long.MaxValue;

    public long MaxSeconds { get; private set; } = long.MinValue;

    public int Ipv4 { get; private set; }

    public int Ipv6 { get; private set; }

    /// <summary>Texts that are a number, written as JSON would write it.</summary>
    public int Numbers { get; private set; }

    public int Bools { get; private set; }

    public void Add(string text)
    {
        Count++;
        MaxLength = Math.Max(MaxLength, text.Length);
        if (_distinct.Count <= MaxDistinct) _distinct.Add(text);
        if (text.Length is 0 or > 64) return;
        Span<byte> bytes = stackalloc byte[3 * 64];
        bytes = bytes[..Encoding.UTF8.GetBytes(text, bytes)];
        if (text.Length == UuidLength && UuidText.TryParse(bytes, out _, out _)) Uuids++;
        else if (text is "true" or "false") Bools++;
        else if (IsJsonNumber(text)) Numbers++;
        else if (text.Length >= DateLength && text[4] == '-' && TimestampText.TryParse(bytes, out var time)) AddTime(text, time);
        else if (IPAddress.TryParse(text, out var address)) AddAddress(text, address);
    }

    /// <summary>
    /// Whether a text is a number exactly as JSON writes it, so that nothing of it is lost in a number: no plus, no leading zero.
    /// </summary>
    public static bool IsJsonNumber(string text)
    {
        var at = text[0] == '-' ? 1 : 0;
        if (at == text.Length || !char.IsAsciiDigit(text[at])) return false;
        if (text[at] == '0' && at + 1 < text.Length && text[at + 1] != '.') return false;
        var digits = text.AsSpan(at);
        var dot = digits.IndexOf('.');
        return (dot < 0 || (dot > 0 && dot < digits.Length - 1)) && digits.IndexOfAnyExceptInRange('0', '9') == dot
            && (dot < 0 || digits[(dot + 1)..].IndexOfAnyExceptInRange('0', '9') < 0);
    }

    private void AddTime(string text, CivilTime time)
    {
        if (text.Length == DateLength) Dates++;
        else Times++;
        if (time.OffsetSeconds is { } offset)
        {
            TimesWithOffset++;
            if (offset != 0) TimesElsewhere++;
        }

        var seconds = time.Seconds - (time.OffsetSeconds ?? 0);
        MinSeconds = Math.Min(MinSeconds, seconds);
        MaxSeconds = Math.Max(MaxSeconds, seconds);
        var dot = text.AsSpan().IndexOfAny('.', ',');
        if (dot < 0) return;
        var fraction = text.AsSpan(dot + 1);
        var end = fraction.IndexOfAnyExceptInRange('0', '9');
        FractionDigits = Math.Max(FractionDigits, end < 0 ? fraction.Length : end);
    }

    // IPAddress takes more than addresses are written as: "1", "1.2", "0x7f.1".
    private void AddAddress(string text, IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetworkV6 && !text.Contains('%') && !text.Contains('[')) Ipv6++;
        else if (address.AddressFamily is AddressFamily.InterNetwork && address.ToString() == text) Ipv4++;
    }
}
