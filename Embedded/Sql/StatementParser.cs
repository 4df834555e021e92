using ClickSink.Embedded.Chdb;

namespace ClickSink.Embedded.Sql;

/// <summary>Tells what a query text is by its outline; what it means is the engine's affair.</summary>
internal static class StatementParser
{
    /// <summary>Looks at <paramref name="text"/>: the query, and for an insert the beginning of its data.</summary>
    public static Statement Parse(ReadOnlySpan<byte> text)
    {
        var lexer = new SqlLexer(text);
        var first = lexer.Next();
        if (first.Kind == SqlTokenKind.End || text[first.Start] == ';')
            return Statement.Refused(Faults.EmptyQuery);
        if (IsWord(text, first, "INSERT"u8))
            return InsertParser.Parse(text, lexer);
        if (IsWord(text, first, "SYSTEM"u8))
        {
            var second = lexer.Next();
            if (IsWord(text, second, "SHUTDOWN"u8) || IsWord(text, second, "KILL"u8))
                return Statement.Refused(Faults.Shutdown);
        }
        var isSelect = IsWord(text, first, "SELECT"u8) || IsWord(text, first, "WITH"u8) || IsWord(text, first, "FROM"u8)
            || first.Kind == SqlTokenKind.Symbol && text[first.Start] == '(';
        return ParseQuery(text, isSelect ? StatementKind.Select : StatementKind.Other);
    }

    /// <summary>Whether <paramref name="token"/> is the bare word <paramref name="upper"/>, in any case.</summary>
    internal static bool IsWord(ReadOnlySpan<byte> text, SqlToken token, ReadOnlySpan<byte> upper) =>
        token.Kind == SqlTokenKind.Word && System.Text.Ascii.EqualsIgnoreCase(text[token.Start..token.End], upper);

    /// <summary>Finds the trailing FORMAT and the end of a statement without data.</summary>
    internal static Statement ParseQuery(ReadOnlySpan<byte> text, StatementKind kind)
    {
        var lexer = new SqlLexer(text);
        var depth = 0;
        var end = text.Length;
        string? format = null;
        var formatStart = -1;
        var formatEnd = -1;
        for (var token = lexer.Next(); token.Kind != SqlTokenKind.End; token = lexer.Next())
        {
            if (token.Kind == SqlTokenKind.Symbol)
            {
                depth += SqlLexer.Depth(text[token.Start]);
                if (text[token.Start] == ';')
                {
                    end = token.Start;
                    if (!OnlySemicolonsFollow(text, lexer))
                        return Statement.Refused(Faults.MultiStatement);
                    break;
                }
            }
            else if (depth == 0 && IsWord(text, token, "FORMAT"u8))
            {
                var ahead = lexer;
                var name = ahead.Next();
                if (name.Kind is SqlTokenKind.Word && EndsQuery(text, ahead))
                {
                    format = System.Text.Encoding.ASCII.GetString(text[name.Start..name.End]);
                    formatStart = token.Start;
                    formatEnd = name.End;
                }
            }
            else if (depth == 0 && IsWord(text, token, "INTO"u8))
            {
                var ahead = lexer;
                if (IsWord(text, ahead.Next(), "OUTFILE"u8))
                    return Statement.Refused(Faults.IntoOutfile);
            }
        }
        return new Statement(kind)
        {
            Format = format,
            BeforeFormat = formatStart < 0 ? end : formatStart,
            AfterFormat = formatStart < 0 ? end : formatEnd,
            End = end,
        };
    }

    private static bool EndsQuery(ReadOnlySpan<byte> text, SqlLexer lexer)
    {
        var token = lexer.Next();
        return token.Kind == SqlTokenKind.End
            || token.Kind == SqlTokenKind.Symbol && text[token.Start] == ';'
            || IsWord(text, token, "SETTINGS"u8)
            || IsWord(text, token, "INTO"u8)
            || IsWord(text, token, "PARALLEL"u8);
    }

    private static bool OnlySemicolonsFollow(ReadOnlySpan<byte> text, SqlLexer lexer)
    {
        for (var token = lexer.Next(); token.Kind != SqlTokenKind.End; token = lexer.Next())
        {
            if (text[token.Start] != ';')
                return false;
        }
        return true;
    }
}
