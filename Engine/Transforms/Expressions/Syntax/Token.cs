namespace ClickSink.Engine.Transforms.Expressions.Syntax;

/// <summary>The kinds of words that an expression is made of.</summary>
internal enum TokenKind
{
    End,
    Name,
    Literal,
    Number,
    Sign,
}

/// <summary>A word of an expression.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Text">A name without its backticks, a sign, or a number as written.</param>
/// <param name="Value">The value of a literal that is no number.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text, object? Value = null)
{
    public bool Is(string sign) => Kind is TokenKind.Sign && Text == sign;
}
