namespace ClickSink.Engine.Columns;

/// <summary>
/// A type as its text has it, before its names and arguments are looked at: a name with arguments, each of them again a
/// name, a number or a quoted text.
/// </summary>
/// <param name="Name">The name, the number's digits, or the quoted text.</param>
/// <param name="IsText">Whether it was quoted.</param>
/// <param name="Arguments">What stands between parentheses; null without them.</param>
internal sealed record TypeSyntax(string Name, bool IsText, IReadOnlyList<TypeSyntax>? Arguments)
{
    private const int MaxDepth = 32;

    /// <summary>The argument as a number; -1 if it is none.</summary>
    public int Number => !IsText && Arguments is null && int.TryParse(Name, out int number) ? number : -1;

    /// <summary>Reads a whole text; null if it is not one type.</summary>
    public static TypeSyntax? Parse(string text)
    {
        int at = 0;
        TypeSyntax? syntax = ParseOne(text, ref at, 0);
        return at == text.Length ? syntax : null;
    }

    private static TypeSyntax? ParseOne(string text, ref int at, int depth)
    {
        SkipSpaces(text, ref at);
        if (at < text.Length && text[at] == '\'') return ParseText(text, ref at);

        int start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_')) at++;
        string name = text[start..at];
        SkipSpaces(text, ref at);
        if (name.Length == 0 || at == text.Length || text[at] != '(') return name.Length == 0 ? null : new TypeSyntax(name, false, null);

        if (depth == MaxDepth) return null;
        List<TypeSyntax> arguments = [];
        do
        {
            at++;
            TypeSyntax? argument = ParseOne(text, ref at, depth + 1);
            if (argument is null) return null;
            arguments.Add(argument);
        }
        while (at < text.Length && text[at] == ',');

        if (at == text.Length || text[at] != ')') return null;
        at++;
        SkipSpaces(text, ref at);
        return new TypeSyntax(name, false, arguments);
    }

    private static TypeSyntax? ParseText(string text, ref int at)
    {
        int end = text.IndexOf('\'', at + 1);
        if (end < 0) return null;
        string value = text[(at + 1)..end];
        at = end + 1;
        SkipSpaces(text, ref at);
        return new TypeSyntax(value, true, null);
    }

    private static void SkipSpaces(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ') at++;
    }
}
