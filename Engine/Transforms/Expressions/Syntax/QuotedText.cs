using System.Globalization;
using System.Text;

namespace ClickSink.Engine.Transforms.Expressions.Syntax;

/// <summary>Texts and bytes in quotes: <c>"a"</c>, <c>'a'</c>, raw as <c>r"\d"</c>, bytes as <c>b"\xff"</c>.</summary>
internal static class QuotedText
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="start">Where it begins, prefix included.</param>
    /// <param name="quote">Where its opening quote stands.</param>
    public static Token Read(string text, int start, int quote)
    {
        var prefix = text[start..quote].ToLowerInvariant();
        var isRaw = prefix.Contains('r');
        var isBytes = prefix.Contains('b');
        var bytes = new List<byte>();
        var at = quote + 1;
        while (at < text.Length && text[at] != text[quote])
        {
            if (text[at] == '\n') break;
            if (text[at] == '\\' && !isRaw)
            {
                ReadEscape(text, ref at, bytes, isBytes);
                continue;
            }

            if (!Rune.TryGetRuneAt(text, at, out var rune)) throw new ExpressionFault(at, "half of a surrogate pair is no text");
            Add(bytes, rune);
            at += rune.Utf16SequenceLength;
        }

        if (at >= text.Length || text[at] != text[quote]) throw new ExpressionFault(start, $"a text that begins with {text[quote]} ends with one, on the same line");
        var content = bytes.ToArray();
        return new Token(TokenKind.Literal, start, at + 1, "", isBytes ? content : Encoding.UTF8.GetString(content));
    }

    private static void ReadEscape(string text, ref int at, List<byte> bytes, bool isBytes)
    {
        var start = at++;
        if (at == text.Length) throw Unknown(text, start);
        var c = text[at++];
        switch (c)
        {
            case 'x' or 'X':
                AddNumber(ReadDigits(text, ref at, 2, 16, start), bytes, isBytes, start);
                break;
            case 'u' when !isBytes:
                AddNumber(ReadDigits(text, ref at, 4, 16, start), bytes, isBytes, start);
                break;
            case 'U' when !isBytes:
                AddNumber(ReadDigits(text, ref at, 8, 16, start), bytes, isBytes, start);
                break;
            case >= '0' and <= '3':
                at--;
                AddNumber(ReadDigits(text, ref at, 3, 8, start), bytes, isBytes, start);
                break;
            default:
                bytes.Add(c switch
                {
                    'a' => 7,
                    'b' => 8,
                    'f' => 12,
                    'n' => 10,
                    'r' => 13,
                    't' => 9,
                    'v' => 11,
                    '\\' or '?' or '"' or '\'' or '`' => (byte)c,
                    _ => throw Unknown(text, start),
                });
                break;
        }
    }

    private static long ReadDigits(string text, ref int at, int count, int radix, int start)
    {
        if (at + count > text.Length) throw Unknown(text, start);
        var digits = text.AsSpan(at, count);
        long value = 0;
        foreach (var digit in digits)
        {
            var number = char.IsAsciiHexDigit(digit) ? int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : radix;
            if (number >= radix) throw Unknown(text, start);
            value = value * radix + number;
        }

        at += count;
        return value;
    }

    private static void AddNumber(long value, List<byte> bytes, bool isBytes, int start)
    {
        if (isBytes)
        {
            bytes.Add((byte)value);
            return;
        }

        if (!Rune.IsValid((int)Math.Min(value, int.MaxValue))) throw new ExpressionFault(start, "this escape names no character");
        Add(bytes, new Rune((int)value));
    }

    private static void Add(List<byte> bytes, Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var length = rune.EncodeToUtf8(utf8);
        foreach (var b in utf8[..length]) bytes.Add(b);
    }

    private static ExpressionFault Unknown(string text, int start) =>
        new(start, $"'{text[start..Math.Min(text.Length, start + 2)]}' is no escape; write \\\\ for a backslash, or r before the quotes to take all signs as they are");
}
