using System.Text;

namespace ClickSink.Engine.Columns;

/// <summary>
/// A type as its text has it, before its names and arguments are looked at: a name with arguments, each of them again a
/// name, a number or a quoted text, perhaps with a name before it or a number behind it.
/// </summary>
/// <param name="Name">The name, the number's digits, or the quoted text.</param>
/// <param name="IsText">Whether it was quoted.</param>
/// <param name="Arguments">What stands between parentheses; null without them.</param>
internal sealed record TypeSyntax(string Name, bool IsText, IReadOnlyList<TypeSyntax>? Arguments)
{
    private const int MaxDepth = 32;

    /// <summary>The field's name that stands before a type, as in <c>Tuple(a UInt8)</c>; null without one.</summary>
    public string? Label { get; private init; }

    /// <summary>What stands behind an equals sign, as in <c>Enum8('a' = 1)</c>; null without one.</summary>
    public string? Assigned { get; private init; }

    /// <summary>What stands between the parentheses, as written.</summary>
    public string Inside { get; private init; } = "";

    /// <summary>The argument as a number; -1 if it is none.</summary>
    public int Number => !IsText && Arguments is null && int.TryParse(Name, out int number) ? number : -1;

    /// <summary>Reads a whole text; null if it is not one type.</summary>
    public static TypeSyntax? Parse(string text)
    {
        int at = 0;
        TypeSyntax? syntax = ParseOne(text, ref at, 0);
        return at == text.Length && syntax is { Label: null, Assigned: null } ? syntax : null;
    }

    /// <summary>A text in quotes, as ClickHouse writes it.</summary>
    public static string Quote(string text) =>
        $"'{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    private static TypeSyntax? ParseOne(string text, ref int at, int depth)
    {
        SkipSpaces(text, ref at);
        if (at == text.Length) return null;
        if (text[at] == '\'') return ParseAssigned(text, ref at, Unquote(text, ref at));

        bool isQuoted = text[at] is '`' or '"';
        string? name = isQuoted ? Unquote(text, ref at) : ReadName(text, ref at);
        if (name is null) return null;
        int end = at;
        SkipSpaces(text, ref at);
        if (at == text.Length || text[at] is ',' or ')') return isQuoted ? null : new TypeSyntax(name, false, null);
        if (text[at] == '=') return ParseAssigned(text, ref at, name) is { } assigned ? assigned with { IsText = false } : null;
        if (text[at] == '(' && !isQuoted) return ParseArguments(text, ref at, name, depth);

        // Two names in a row: a field and its type.
        if (at == end && !isQuoted) return null;
        TypeSyntax? type = ParseOne(text, ref at, depth);
        return type is null or { IsText: true } or { Label: not null } or { Assigned: not null } ? null : type with { Label = name };
    }

    private static TypeSyntax? ParseArguments(string text, ref int at, string name, int depth)
    {
        if (depth == MaxDepth) return null;
        int start = at + 1;

        // JSON's arguments have a grammar of their own, which is the server's business.
        if (name is "JSON") return ParseOpaque(text, ref at, name);
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
        string inside = text[start..at];
        at++;
        SkipSpaces(text, ref at);
        return new TypeSyntax(name, false, arguments) { Inside = inside };
    }

    private static TypeSyntax? ParseOpaque(string text, ref int at, string name)
    {
        int start = ++at;
        for (int open = 1; at < text.Length; at++)
        {
            if (text[at] is '\'' or '`')
            {
                if (Unquote(text, ref at) is null) return null;
                at--;
            }
            else if (text[at] == '(')
            {
                open++;
            }
            else if (text[at] == ')' && --open == 0)
            {
                string inside = text[start..at].Trim();
                at++;
                SkipSpaces(text, ref at);
                return new TypeSyntax(name, false, []) { Inside = inside };
            }
        }

        return null;
    }

    private static TypeSyntax? ParseAssigned(string text, ref int at, string? name)
    {
        if (name is null) return null;
        SkipSpaces(text, ref at);
        if (at == text.Length || text[at] != '=') return new TypeSyntax(name, true, null);
        at++;
        SkipSpaces(text, ref at);
        int start = at;
        if (at < text.Length && text[at] == '-') at++;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        string assigned = text[start..at];
        SkipSpaces(text, ref at);
        return new TypeSyntax(name, true, null) { Assigned = assigned };
    }

    private static string? ReadName(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_')) at++;
        return at == start ? null : text[start..at];
    }

    private static string? Unquote(string text, ref int at)
    {
        char quote = text[at];
        var value = new StringBuilder();
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                at = i + 1;
                return value.ToString();
            }

            if (text[i] == '\\' && ++i == text.Length) return null;
            value.Append(text[i]);
        }

        return null;
    }

    private static void SkipSpaces(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '\t') at++;
    }
}
