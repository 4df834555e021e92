using System.Globalization;

namespace ClickSink.Engine.Transforms.Expressions.Syntax;

/// <summary>Cuts an expression into words, by CEL's rules; comments begin with <c>//</c>.</summary>
internal static class Lexer
{
    private static readonly string[] Signs = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            at = SkipBlank(text, at);
            if (at == text.Length) break;
            var token = ReadToken(text, at);
            tokens.Add(token);
            at = token.End;
        }

        tokens.Add(new Token(TokenKind.End, text.Length, text.Length, ""));
        return tokens;
    }

    private static int SkipBlank(string text, int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else if (text[at] == '/' && at + 1 < text.Length && text[at + 1] == '/') at = text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
            else break;
        }

        return at;
    }

    private static Token ReadToken(string text, int at)
    {
        var c = text[at];
        if (c is '"' or '\'') return QuotedText.Read(text, at, at);
        if (c == '`') return ReadQuotedName(text, at);
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))) return ReadNumber(text, at);
        if (char.IsAsciiLetter(c) || c == '_') return ReadName(text, at);
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0) return new Token(TokenKind.Sign, at, at + sign.Length, sign);
        }

        throw new ExpressionFault(at, $"'{c}' has no meaning here{(c == '=' ? "; equality is written ==" : c is '&' or '|' ? $"; it is written {c}{c}" : "")}");
    }

    private static Token ReadName(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        var name = text[at..end];
        if (end < text.Length && text[end] is '"' or '\'' && name.ToLowerInvariant() is "r" or "b" or "br" or "rb") return QuotedText.Read(text, at, end);
        return name switch
        {
            "true" => new Token(TokenKind.Literal, at, end, name, true),
            "false" => new Token(TokenKind.Literal, at, end, name, false),
            "null" => new Token(TokenKind.Literal, at, end, name),
            "in" => new Token(TokenKind.Sign, at, end, name),
            _ => new Token(TokenKind.Name, at, end, name),
        };
    }

    private static Token ReadQuotedName(string text, int at)
    {
        var end = text.IndexOf('`', at + 1);
        if (end < 0) throw new ExpressionFault(at, "a name that begins with ` ends with one");
        return new Token(TokenKind.Name, at, end + 1, text[(at + 1)..end]);
    }

    private static Token ReadNumber(string text, int at)
    {
        var end = at;
        if (text[at] == '0' && at + 1 < text.Length && text[at + 1] is 'x' or 'X')
        {
            for (end = at + 2; end < text.Length && char.IsAsciiHexDigit(text[end]);) end++;
        }
        else
        {
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
            {
                for (end++; end < text.Length && char.IsAsciiDigit(text[end]);) end++;
            }

            if (end < text.Length && text[end] is 'e' or 'E')
            {
                end++;
                if (end < text.Length && text[end] is '+' or '-') end++;
                while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            }
        }

        if (end < text.Length && text[end] is 'u' or 'U') end++;
        if (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            throw new ExpressionFault(at, $"'{text[at..(end + 1)]}' is no number; numbers are written 42, 0x2a, 42u, 4.2 or 4.2e1");
        return new Token(TokenKind.Number, at, end, text[at..end]);
    }

    /// <summary>The value of a number as written, behind a minus or not.</summary>
    public static object ParseNumber(Token token, bool isNegative)
    {
        var digits = token.Text;
        var isUnsigned = digits[^1] is 'u' or 'U';
        if (isUnsigned) digits = digits[..^1];
        var isHex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!isHex && digits.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
        {
            if (!isUnsigned && double.TryParse(digits, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)) return isNegative ? -real : real;
            throw new ExpressionFault(token.Start, $"'{token.Text}' is no number of the type double");
        }

        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (!ulong.TryParse(isHex ? digits[2..] : digits, style, CultureInfo.InvariantCulture, out var magnitude))
            throw new ExpressionFault(token.Start, $"'{token.Text}' is no number, or is beyond 64 bits");
        if (isUnsigned)
        {
            if (isNegative) throw new ExpressionFault(token.Start, "a number with u behind it cannot be negative");
            return magnitude;
        }

        if (magnitude > (ulong)long.MaxValue + (isNegative ? 1UL : 0))
            throw new ExpressionFault(token.Start, $"'{token.Text}' is outside of the range of int; write u behind it for uint");
        return isNegative ? unchecked(-(long)magnitude) : (long)magnitude;
    }
}
