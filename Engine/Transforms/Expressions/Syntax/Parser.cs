namespace ClickSink.Engine.Transforms.Expressions.Syntax;

/// <summary>Reads CEL's grammar, as docs/transforms.md has it, by recursive descent.</summary>
internal sealed class Parser
{
    /// <summary>The longest expression that is read, in characters.</summary>
    public const int MaxLength = 8192;

    private const int MaxDepth = 100;
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">=", "in"];

    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private Parser(List<Token> tokens) => _tokens = tokens;

    private Token Next => _tokens[_at];

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionFault">The text is none.</exception>
    public static SyntaxNode Parse(string text)
    {
        if (text.Length > MaxLength) throw new ExpressionFault(0, $"an expression has at most {MaxLength} characters");
        var parser = new Parser(Lexer.Read(text));
        var result = parser.ReadExpression();
        if (parser.Next.Kind is not TokenKind.End) throw parser.Unexpected("the expression ends before it: an operator is missing, or there is a bracket too many");
        return result;
    }

    private SyntaxNode ReadExpression()
    {
        if (++_depth > MaxDepth) throw new ExpressionFault(Next.Start, $"the expression is nested deeper than {MaxDepth}");
        var condition = ReadBinary(0);
        if (Next.Is("?"))
        {
            _at++;
            var then = ReadBinary(0);
            Expect(":");
            var otherwise = ReadExpression();
            condition = new CallSyntax(condition.Start, otherwise.End, "_?_:_", null, [condition, then, otherwise]);
        }

        _depth--;
        return condition;
    }

    private SyntaxNode ReadBinary(int level)
    {
        string[] signs = level switch { 0 => ["||"], 1 => ["&&"], 2 => Comparisons, 3 => ["+", "-"], 4 => ["*", "/", "%"], _ => [] };
        if (signs.Length == 0) return ReadUnary();
        var left = ReadBinary(level + 1);
        // Chains grow to the left without depth here, but whoever walks over the tree goes down all of it.
        for (var links = 0; Next.Kind is TokenKind.Sign && signs.Contains(Next.Text); links++)
        {
            if (links > MaxDepth) throw new ExpressionFault(Next.Start, $"more than {MaxDepth} operators in a row; use in [...] or brackets");
            var sign = _tokens[_at++].Text;
            var right = ReadBinary(level + 1);
            left = new CallSyntax(left.Start, right.End, $"_{sign}_", null, [left, right]);
        }

        return left;
    }

    private SyntaxNode ReadUnary()
    {
        var sign = Next;
        if (!sign.Is("!") && !sign.Is("-")) return ReadMember();
        if (++_depth > MaxDepth) throw new ExpressionFault(sign.Start, $"the expression is nested deeper than {MaxDepth}");
        _at++;
        SyntaxNode result;
        if (sign.Is("-") && Next.Kind is TokenKind.Number)
        {
            // Here, because the smallest int has no positive counterpart.
            var number = _tokens[_at++];
            result = ReadMember(new LiteralSyntax(sign.Start, number.End, Lexer.ParseNumber(number, isNegative: true)));
        }
        else
        {
            var operand = ReadUnary();
            result = new CallSyntax(sign.Start, operand.End, $"{sign.Text}_", null, [operand]);
        }

        _depth--;
        return result;
    }

    private SyntaxNode ReadMember() => ReadMember(ReadPrimary());

    private SyntaxNode ReadMember(SyntaxNode node)
    {
        for (var links = 0; ; links++)
        {
            if (links > MaxDepth) throw new ExpressionFault(Next.Start, $"more than {MaxDepth} steps in a row");
            if (Next.Is("."))
            {
                _at++;
                var name = Next;
                if (name.Kind is not TokenKind.Name) throw Unexpected("a name is expected behind the dot");
                _at++;
                node = Next.Is("(")
                    ? new CallSyntax(node.Start, 0, name.Text, node, ReadArguments(out var end)) { End = end }
                    : new MemberSyntax(node.Start, name.End, node, name.Text);
            }
            else if (Next.Is("["))
            {
                _at++;
                var index = ReadExpression();
                node = new IndexSyntax(node.Start, Expect("]").End, node, index);
            }
            else
            {
                return node;
            }
        }
    }

    private SyntaxNode ReadPrimary()
    {
        var token = Next;
        if (token.Kind is TokenKind.Literal)
        {
            _at++;
            return new LiteralSyntax(token.Start, token.End, token.Value);
        }

        if (token.Kind is TokenKind.Number)
        {
            _at++;
            return new LiteralSyntax(token.Start, token.End, Lexer.ParseNumber(token, isNegative: false));
        }

        if (token.Kind is TokenKind.Name)
        {
            _at++;
            return Next.Is("(")
                ? new CallSyntax(token.Start, 0, token.Text, null, ReadArguments(out var end)) { End = end }
                : new NameSyntax(token.Start, token.End, token.Text);
        }

        if (token.Is("("))
        {
            _at++;
            var inner = ReadExpression();
            Expect(")");
            return inner;
        }

        if (!token.Is("[")) throw Unexpected("a value, a column or a function is expected");
        _at++;
        var items = ReadList("]", out var close);
        return new ListSyntax(token.Start, close, items);
    }

    private List<SyntaxNode> ReadArguments(out int end)
    {
        Expect("(");
        return ReadList(")", out end);
    }

    private List<SyntaxNode> ReadList(string close, out int end)
    {
        var items = new List<SyntaxNode>();
        while (!Next.Is(close))
        {
            items.Add(ReadExpression());
            if (!Next.Is(",")) break;
            _at++;
        }

        end = Expect(close).End;
        return items;
    }

    private Token Expect(string sign)
    {
        if (!Next.Is(sign)) throw Unexpected($"{sign} is expected");
        return _tokens[_at++];
    }

    private ExpressionFault Unexpected(string expected)
    {
        var found = Next.Kind is TokenKind.End ? "the expression ends" : $"'{(Next.Text.Length > 0 ? Next.Text : "a literal")}' stands here";
        return new ExpressionFault(Next.Start, $"{found}; {expected}");
    }
}
