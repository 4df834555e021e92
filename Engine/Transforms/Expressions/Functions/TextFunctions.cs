using System.Text;
using System.Text.RegularExpressions;
using ClickSink.Engine.Transforms.Expressions.Nodes;
using ClickSink.Engine.Transforms.Expressions.Syntax;
using Text = System.ReadOnlyMemory<byte>;

namespace ClickSink.Engine.Transforms.Expressions.Functions;

/// <summary>Functions of text. Positions and lengths count code points, as CEL has it.</summary>
internal static class TextFunctions
{
    private const string OutOfText = "the position is outside of the text";

    public static void AddTo(FunctionTable table)
    {
        table.Add<Text, long>("size", (RowScope _, Text a, out long r) => Done(Count(a.Span), out r));
        table.Add<Blob, long>("size", (RowScope _, Blob a, out long r) => Done(a.Bytes.Length, out r));
        table.Add<Text, Text, bool>("contains", (RowScope _, Text a, Text b, out bool r) => Done(a.Span.IndexOf(b.Span) >= 0, out r));
        table.Add<Text, Text, bool>("startsWith", (RowScope _, Text a, Text b, out bool r) => Done(a.Span.StartsWith(b.Span), out r));
        table.Add<Text, Text, bool>("endsWith", (RowScope _, Text a, Text b, out bool r) => Done(a.Span.EndsWith(b.Span), out r));
        table.Add<Text, Text, long>("indexOf", (RowScope _, Text a, Text b, out long r) => Done(a.Span.IndexOf(b.Span) is >= 0 and var at ? Count(a.Span[..at]) : -1, out r));
        table.Add<Text, Text>("lowerAscii", (RowScope row, Text a, out Text r) => Convert(row, a, (from, to) => Ascii.ToLower(from, to, out _), out r));
        table.Add<Text, Text>("upperAscii", (RowScope row, Text a, out Text r) => Convert(row, a, (from, to) => Ascii.ToUpper(from, to, out _), out r));
        table.Add<Text, Text>("lower", (RowScope row, Text a, out Text r) => Done(Recase(row, a, (from, to) => from.ToLowerInvariant(to)), out r));
        table.Add<Text, Text>("upper", (RowScope row, Text a, out Text r) => Done(Recase(row, a, (from, to) => from.ToUpperInvariant(to)), out r));
        table.Add<Text, Text>("trim", (RowScope _, Text a, out Text r) => Done(a.Trim(" \t\r\n\v\f"u8), out r));
        table.Add<Text, long, Text>("substring", (RowScope row, Text a, long from, out Text r) => Cut(row, a, from, long.MaxValue, out r));
        table.Add<Text, long, long, Text>("substring", (RowScope row, Text a, long from, long to, out Text r) => Cut(row, a, from, to, out r));
        table.Add<Text, Text, Text, Text>("replace", (RowScope row, Text a, Text b, Text c, out Text r) => Done(Replace(row, a, b.Span, c.Span), out r));
        table.Add<Text, Text, long, Text>("splitPart", SplitPart);
        table.Add("matches", [ExprKind.String, ExprKind.String], MakeMatch);
    }

    private static Outcome Done<T>(T value, out T result)
    {
        result = value;
        return Outcome.Value;
    }

    private static long Count(ReadOnlySpan<byte> text)
    {
        long count = 0;
        // Every byte but those that go on with a code point begins one.
        foreach (var b in text) count += (b & 0xC0) != 0x80 ? 1 : 0;
        return count;
    }

    // Bytes beyond ASCII are left as they are, where .NET's conversion ends at them.
    private static Outcome Convert(RowScope row, Text text, Action<ReadOnlySpan<byte>, Span<byte>> convert, out Text result)
    {
        var room = row.Take(text.Length);
        text.CopyTo(room);
        var from = text.Span;
        var to = room.Span;
        while (!from.IsEmpty)
        {
            var ascii = from.IndexOfAnyExceptInRange((byte)0, (byte)127) is >= 0 and var end ? end : from.Length;
            convert(from[..ascii], to[..ascii]);
            var skip = ascii < from.Length ? ascii + 1 : ascii;
            from = from[skip..];
            to = to[skip..];
        }

        return Done(room, out result);
    }

    private delegate int CaseConversion(ReadOnlySpan<char> from, Span<char> to);

    private static Text Recase(RowScope row, Text text, CaseConversion convert)
    {
        var chars = row.TakeChars(2 * text.Length);
        var from = chars[..text.Length];
        var to = chars[text.Length..];
        var length = Encoding.UTF8.GetChars(text.Span, from);
        convert(from[..length], to);
        // Changing the case changes no character's length by more than this.
        var room = row.Take(Encoding.UTF8.GetMaxByteCount(length));
        return room[..Encoding.UTF8.GetBytes(to[..length], room.Span)];
    }

    private static Outcome Cut(RowScope row, Text text, long from, long to, out Text result)
    {
        result = default;
        if (from < 0 || to < from) return row.Fail(OutOfText);
        var start = Find(text.Span, from);
        var end = to == long.MaxValue ? text.Length : Find(text.Span, to);
        if (start < 0 || end < 0) return row.Fail(OutOfText);
        return Done(text[start..end], out result);
    }

    private static int Find(ReadOnlySpan<byte> text, long codePoint)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if ((text[at] & 0xC0) != 0x80 && codePoint-- == 0) return at;
        }

        return codePoint == 0 ? text.Length : -1;
    }

    private static Text Replace(RowScope row, Text text, ReadOnlySpan<byte> what, ReadOnlySpan<byte> by)
    {
        if (what.IsEmpty) return text;
        var count = text.Span.Count(what);
        if (count == 0) return text;
        var room = row.Take(checked(text.Length + (by.Length - what.Length) * count));
        var from = text.Span;
        var to = room.Span;
        while (from.IndexOf(what) is >= 0 and var at)
        {
            from[..at].CopyTo(to);
            by.CopyTo(to[at..]);
            to = to[(at + by.Length)..];
            from = from[(at + what.Length)..];
        }

        from.CopyTo(to);
        return room;
    }

    private static Outcome SplitPart(RowScope row, Text text, Text separator, long index, out Text result)
    {
        result = default;
        if (separator.IsEmpty) return row.Fail("the separator is empty");
        if (index < 0) return row.Fail("a part's number counts from 0");
        var rest = text;
        while (true)
        {
            var at = rest.Span.IndexOf(separator.Span);
            if (index == 0) return Done(at < 0 ? rest : rest[..at], out result);
            if (at < 0) return Outcome.Null;
            rest = rest[(at + separator.Length)..];
            index--;
        }
    }

    private static Node MakeMatch(SyntaxNode syntax, IReadOnlyList<Node> arguments)
    {
        if (arguments[1] is not ConstantNode<Text> pattern) throw new ExpressionFault(arguments[1].Syntax.Start, "the pattern of matches must be a literal, so that it is compiled once");
        Regex regex;
        try
        {
            // Like RE2, and unlike .NET's other engine, this one takes time in proportion to the text, whatever the pattern is.
            regex = new Regex(Encoding.UTF8.GetString(pattern.Constant.Span), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ExpressionFault(arguments[1].Syntax.Start, $"the pattern of matches cannot be used: {e.Message}");
        }

        return new CallNode<Text, bool>(ExprType.Bool, syntax, (Node<Text>)arguments[0], (RowScope row, Text text, out bool result) =>
        {
            var chars = row.TakeChars(text.Length);
            var length = Encoding.UTF8.GetChars(text.Span, chars);
            return Done(regex.IsMatch(chars[..length]), out result);
        });
    }
}
