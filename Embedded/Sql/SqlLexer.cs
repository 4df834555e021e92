namespace ClickSink.Embedded.Sql;

/// <summary>What a token is.</summary>
internal enum SqlTokenKind
{
    /// <summary>No more tokens.</summary>
    End,

    /// <summary>A bare word: keyword, name.</summary>
    Word,

    /// <summary>A name in backticks or double quotes.</summary>
    QuotedName,

    /// <summary>A string literal, heredocs included.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One character of anything else.</summary>
    Symbol,
}

/// <summary>A token by its place in the text.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End);

/// <summary>ClickHouse's tokens, as far as it takes to tell where a query ends and its data begins.</summary>
internal ref struct SqlLexer
{
    private readonly ReadOnlySpan<byte> _text;
    private int _position;

    public SqlLexer(ReadOnlySpan<byte> text, int position = 0)
    {
        _text = text;
        _position = position;
    }

    /// <summary>Where the next token is looked for.</summary>
    public readonly int Position => _position;

    /// <summary>The next token that is neither white space nor comment.</summary>
    public SqlToken Next()
    {
        SkipBlank();
        var start = _position;
        if (start >= _text.Length)
            return new SqlToken(SqlTokenKind.End, start, start);
        var c = _text[start];
        switch (c)
        {
            case (byte)'\'':
                SkipQuoted(c);
                return new SqlToken(SqlTokenKind.String, start, _position);
            case (byte)'`' or (byte)'"':
                SkipQuoted(c);
                return new SqlToken(SqlTokenKind.QuotedName, start, _position);
            case (byte)'$' when TrySkipHeredoc():
                return new SqlToken(SqlTokenKind.String, start, _position);
        }
        if (IsDigit(c))
        {
            while (_position < _text.Length && (IsWordCharacter(_text[_position]) || _text[_position] == '.'))
                _position++;
            return new SqlToken(SqlTokenKind.Number, start, _position);
        }
        if (IsWordCharacter(c))
        {
            while (_position < _text.Length && IsWordCharacter(_text[_position]))
                _position++;
            return new SqlToken(SqlTokenKind.Word, start, _position);
        }
        _position++;
        return new SqlToken(SqlTokenKind.Symbol, start, _position);
    }

    /// <summary>Goes on behind the parenthesis that closes the one just read, or to the end of the text.</summary>
    public void SkipParenthesised()
    {
        for (var depth = 1; depth > 0;)
        {
            var token = Next();
            if (token.Kind == SqlTokenKind.End)
                return;
            if (token.Kind == SqlTokenKind.Symbol)
                depth += Depth(_text[token.Start]);
        }
    }

    /// <summary>What a symbol does to the depth of brackets.</summary>
    public static int Depth(byte symbol) => symbol switch
    {
        (byte)'(' or (byte)'[' or (byte)'{' => 1,
        (byte)')' or (byte)']' or (byte)'}' => -1,
        _ => 0,
    };

    private void SkipBlank()
    {
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (c is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or (byte)'\v')
                _position++;
            else if (c == '-' && At(1) == '-' || c == '#' && At(1) is (byte)' ' or (byte)'!')
                SkipLine();
            else if (c == '/' && At(1) == '*')
                SkipBlockComment();
            else
                return;
        }
    }

    private readonly int At(int offset) => _position + offset < _text.Length ? _text[_position + offset] : -1;

    private void SkipLine()
    {
        var length = _text[_position..].IndexOf((byte)'\n');
        _position = length < 0 ? _text.Length : _position + length + 1;
    }

    private void SkipBlockComment()
    {
        var length = _text[(_position + 2)..].IndexOf("*/"u8);
        _position = length < 0 ? _text.Length : _position + 2 + length + 2;
    }

    private void SkipQuoted(byte quote)
    {
        for (_position++; _position < _text.Length; _position++)
        {
            if (_text[_position] == '\\')
            {
                _position++;
            }
            else if (_text[_position] == quote)
            {
                // A doubled quote is one character of the text.
                if (At(1) != quote)
                {
                    _position++;
                    return;
                }
                _position++;
            }
        }
        _position = _text.Length;
    }

    private bool TrySkipHeredoc()
    {
        var tagLength = 1;
        while (_position + tagLength < _text.Length && IsWordCharacter(_text[_position + tagLength]) && _text[_position + tagLength] != '$')
            tagLength++;
        if (_position + tagLength >= _text.Length || _text[_position + tagLength] != '$')
            return false;
        var tag = _text.Slice(_position, tagLength + 1);
        var length = _text[(_position + tag.Length)..].IndexOf(tag);
        if (length < 0)
            return false;
        _position += tag.Length + length + tag.Length;
        return true;
    }

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';

    // Bytes above 127 are parts of UTF-8 letters; ClickHouse refuses most of them, the engine says so better than this can.
    private static bool IsWordCharacter(byte c) =>
        IsDigit(c) || c is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or (byte)'_' or (byte)'$' or > 127;
}
