namespace ClickSink.Engine.Columns.Parsing;

/// <summary>
/// Timestamps as mail and HTTP headers write them (RFC 5322, RFC 9110): <c>Sat, 21 Nov 2026 10:11:12 GMT</c>, <c>21 Nov 2026 10:11:12
/// +0100</c>.
/// </summary>
internal static class MailDateText
{
    private const int ShortestLength = 20;

    private static readonly TimestampFormat[] Formats =
    [
        TimestampFormat.Parse("EEE, d MMM yyyy HH:mm:ss X"),
        TimestampFormat.Parse("d MMM yyyy HH:mm:ss X"),
    ];

    public static bool TryParse(ReadOnlySpan<byte> text, out CivilTime time)
    {
        time = default;
        if (text.Length < ShortestLength) return false;
        return Formats[text[3] == ',' ? 0 : 1].TryRead(text, out time);
    }
}
