using System.Globalization;
using System.Text.RegularExpressions;

namespace ClickSink.Embedded.Chdb;

/// <summary>Why a query failed, in ClickHouse's terms.</summary>
/// <param name="Code">ClickHouse's error code.</param>
/// <param name="Name">Its name, such as UNKNOWN_TABLE.</param>
/// <param name="Message">What happened, without code and name.</param>
internal sealed partial record QueryFault(int Code, string Name, string Message)
{
    /// <summary>The line that ClickHouse's HTTP interface writes.</summary>
    public string ToText(string version)
    {
        var stop = Message.EndsWith('.') ? "" : ".";
        return string.Create(CultureInfo.InvariantCulture, $"Code: {Code}. DB::Exception: {Message}{stop} ({Name}) (version {version} (chDB))\n");
    }

    /// <summary>
    /// Takes chDB's text apart. What the client side of the engine rethrows is wrapped once more (Code: 27. DB::Exception: Code: 27. ...
    /// (NAME) (version ...). (NAME)), and what it read from a file names the spool file; neither is in a server's answer, so both go.
    /// </summary>
    public static QueryFault FromEngine(string text)
    {
        text = text.Trim();
        var code = 1001;
        var name = "STD_EXCEPTION";
        // From outside in: the innermost code is the one that says what happened.
        while (Head().Match(text) is { Success: true } head)
        {
            code = int.Parse(head.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            text = text[head.Length..];
            if (Tail().Match(text) is { Success: true } tail)
            {
                name = tail.Groups[1].Value;
                text = text[..tail.Index];
            }
        }
        return new QueryFault(code, name, SpoolFile().Replace(text, "").TrimEnd());
    }

    [GeneratedRegex(@"^Code: (\d{1,6})\. DB::Exception: ", RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(@"\s*\(([A-Z][A-Z0-9_]+)\)(?: \(version [^)]*(?:\([^)]*\))?\))?\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex Tail();

    [GeneratedRegex(
        @": \(in file/uri [^)]*\)|(: While executing File)?: data for INSERT was parsed from file|: While executing File$",
        RegexOptions.CultureInvariant)]
    private static partial Regex SpoolFile();
}
