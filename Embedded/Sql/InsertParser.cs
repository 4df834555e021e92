using ClickSink.Embedded.Chdb;
using static ClickSink.Embedded.Sql.StatementParser;

namespace ClickSink.Embedded.Sql;

/// <summary>Finds where an INSERT ends and its data begins, by the rules of ClickHouse's ParserInsertQuery.</summary>
internal static class InsertParser
{
    /// <summary>Goes on behind the word INSERT.</summary>
    public static Statement Parse(ReadOnlySpan<byte> text, SqlLexer lexer)
    {
        var token = SkipTarget(text, ref lexer);
        var settingsStart = -1;
        for (; ; token = lexer.Next())
        {
            if (token.Kind == SqlTokenKind.End)
                return ParseQuery(text, StatementKind.Other);
            if (token.Kind == SqlTokenKind.Symbol && SqlLexer.Depth(text[token.Start]) > 0)
            {
                // In the place of SELECT, a parenthesis opens one; in a SETTINGS clause it holds a value.
                if (settingsStart < 0)
                    return ParseSelect(text, token);
                lexer.SkipParenthesised();
            }
            else if (IsWord(text, token, "FROM"u8))
            {
                return IsWord(text, lexer.Next(), "INFILE"u8) ? Statement.Refused(Faults.FromInfile) : ParseSelect(text, token);
            }
            else if (IsWord(text, token, "SELECT"u8) || IsWord(text, token, "WITH"u8))
            {
                return ParseSelect(text, token);
            }
            else if (IsWord(text, token, "SETTINGS"u8) && settingsStart < 0)
            {
                settingsStart = token.Start;
            }
            else if (IsWord(text, token, "VALUES"u8))
            {
                return WithData(text, StatementKind.InsertData, "Values", token.Start, settingsStart, token.End);
            }
            else if (IsWord(text, token, "FORMAT"u8))
            {
                return ParseFormat(text, ref lexer, StatementKind.InsertData, token.Start, settingsStart, 0..0);
            }
        }
    }

    /// <summary>Reads INTO, TABLE or FUNCTION, the name and the columns; returns the token behind them.</summary>
    private static SqlToken SkipTarget(ReadOnlySpan<byte> text, ref SqlLexer lexer)
    {
        var token = lexer.Next();
        if (IsWord(text, token, "INTO"u8))
            token = lexer.Next();
        if (IsWord(text, token, "TABLE"u8))
            token = lexer.Next();
        var isFunction = IsWord(text, token, "FUNCTION"u8);
        if (isFunction)
            token = lexer.Next();
        token = lexer.Next();
        while (IsSymbol(text, token, '.'))
        {
            lexer.Next();
            token = lexer.Next();
        }
        // A function has its arguments first; both may have a list of columns, unless that opens a SELECT.
        for (var lists = isFunction ? 2 : 1; lists > 0 && IsSymbol(text, token, '('); lists--)
        {
            if (IsWord(text, Peek(lexer), "SELECT"u8) || IsWord(text, Peek(lexer), "WITH"u8))
                return token;
            lexer.SkipParenthesised();
            token = lexer.Next();
        }
        if (isFunction && IsWord(text, token, "PARTITION"u8))
        {
            while (token.Kind != SqlTokenKind.End && !StartsSource(text, token))
            {
                if (IsSymbol(text, token, '('))
                    lexer.SkipParenthesised();
                token = lexer.Next();
            }
        }
        return token;
    }

    /// <summary>INSERT ... SELECT: has data only when it reads from input(...) and ends in a FORMAT.</summary>
    private static Statement ParseSelect(ReadOnlySpan<byte> text, SqlToken selectStart)
    {
        var lexer = new SqlLexer(text, selectStart.Start);
        var input = 0..0;
        var depth = 0;
        for (var token = lexer.Next(); token.Kind != SqlTokenKind.End; token = lexer.Next())
        {
            if (token.Kind == SqlTokenKind.Symbol)
            {
                depth += SqlLexer.Depth(text[token.Start]);
            }
            else if (IsWord(text, token, "INPUT"u8) && IsSymbol(text, Peek(lexer), '('))
            {
                input = token.Start..Peek(lexer).End;
            }
            else if (depth == 0 && !input.Equals(0..0) && IsWord(text, token, "FORMAT"u8) && Peek(lexer).Kind == SqlTokenKind.Word)
            {
                return ParseFormat(text, ref lexer, StatementKind.InsertInput, token.Start, settingsStart: -1, input);
            }
        }
        return ParseQuery(text, StatementKind.Other);
    }

    private static Statement ParseFormat(
        ReadOnlySpan<byte> text, ref SqlLexer lexer, StatementKind kind, int formatStart, int settingsStart, Range input)
    {
        var name = lexer.Next();
        if (name.Kind != SqlTokenKind.Word)
            return ParseQuery(text, StatementKind.Other);
        var format = System.Text.Encoding.ASCII.GetString(text[name.Start..name.End]);
        var dataStart = name.End;
        // ClickHouse also takes SETTINGS behind the FORMAT, and the data behind those.
        if (settingsStart < 0 && IsWord(text, Peek(lexer), "SETTINGS"u8))
        {
            var settings = lexer.Next();
            dataStart = SkipSettings(text, lexer);
            return WithData(text, kind, format, formatStart, -1, SkipSeparator(text, dataStart)) with
            {
                Settings = settings.Start..dataStart,
                InputCall = input,
            };
        }
        if (dataStart < text.Length && text[dataStart] == ';')
            return Statement.Refused(Faults.SemicolonBeforeData);
        return WithData(text, kind, format, formatStart, settingsStart, SkipSeparator(text, dataStart)) with { InputCall = input };
    }

    private static Statement WithData(
        ReadOnlySpan<byte> text, StatementKind kind, string format, int formatStart, int settingsStart, int dataStart) => new(kind)
    {
        Format = format,
        BeforeFormat = settingsStart < 0 ? formatStart : settingsStart,
        Settings = settingsStart < 0 ? 0..0 : settingsStart..formatStart,
        DataStart = Math.Min(dataStart, text.Length),
    };

    /// <summary>Behind <c>name = value, name = value</c>.</summary>
    private static int SkipSettings(ReadOnlySpan<byte> text, SqlLexer lexer)
    {
        while (true)
        {
            lexer.Next();
            var sign = lexer.Next();
            if (!IsSymbol(text, sign, '='))
                return sign.Start;
            var value = lexer.Next();
            var end = value.End;
            if (value.Kind == SqlTokenKind.Symbol && SqlLexer.Depth(text[value.Start]) > 0)
            {
                lexer.SkipParenthesised();
                end = lexer.Position;
            }
            else if (value.Kind == SqlTokenKind.Symbol)
            {
                end = lexer.Next().End;
            }
            if (!IsSymbol(text, Peek(lexer), ','))
                return end;
            lexer.Next();
        }
    }

    /// <summary>Data begins behind the first line break if there is one, else behind the blanks.</summary>
    private static int SkipSeparator(ReadOnlySpan<byte> text, int position)
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\t' or (byte)'\f')
            position++;
        if (position < text.Length && text[position] == '\r')
            position++;
        if (position < text.Length && text[position] == '\n')
            position++;
        return position;
    }

    private static SqlToken Peek(SqlLexer lexer) => lexer.Next();

    private static bool IsSymbol(ReadOnlySpan<byte> text, SqlToken token, char symbol) =>
        token.Kind == SqlTokenKind.Symbol && text[token.Start] == symbol;

    private static bool StartsSource(ReadOnlySpan<byte> text, SqlToken token) =>
        IsWord(text, token, "SELECT"u8) || IsWord(text, token, "WITH"u8)
        || IsWord(text, token, "FORMAT"u8) || IsWord(text, token, "VALUES"u8)
        || IsWord(text, token, "SETTINGS"u8) || IsWord(text, token, "FROM"u8);
}
