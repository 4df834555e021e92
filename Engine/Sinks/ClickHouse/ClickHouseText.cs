using System.Text;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>Quoting for ClickHouse's SQL.</summary>
internal static class ClickHouseText
{
    /// <summary>A name in backticks.</summary>
    public static string Identifier(string name) => Quote(name, '`');

    /// <summary>A text in quotes.</summary>
    public static string Literal(string text) => Quote(text, '\'');

    /// <summary>Lines and fields of TabSeparated, unescaped.</summary>
    public static IEnumerable<string[]> ReadTabSeparated(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t').Select(Unescape).ToArray());

    private static string Quote(string text, char quote)
    {
        var result = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var c in text)
        {
            if (c is '\\' || c == quote) result.Append('\\');
            result.Append(c);
        }

        return result.Append(quote).ToString();
    }

    private static string Unescape(string field)
    {
        if (!field.Contains('\\')) return field;
        var result = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] is not '\\' || i + 1 == field.Length)
            {
                result.Append(field[i]);
                continue;
            }

            result.Append(field[++i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', 'b' => '\b', 'f' => '\f', var c => c });
        }

        return result.ToString();
    }
}
