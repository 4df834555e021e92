namespace ClickSink.Embedded.Chdb;

/// <summary>Writes values into SQL.</summary>
internal static class SqlText
{
    /// <summary>A string literal.</summary>
    public static string Quote(string text) => Quote(text, '\'');

    /// <summary>An identifier.</summary>
    public static string QuoteIdentifier(string name) => Quote(name, '`');

    private static string Quote(string text, char quote) =>
        quote + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace($"{quote}", $"\\{quote}", StringComparison.Ordinal) + quote;
}
