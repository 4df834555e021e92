namespace ClickSink.Engine.Transforms.Expressions.Syntax;

/// <summary>A part of an expression as it was written.</summary>
/// <param name="Start">Where it begins, from 0.</param>
/// <param name="End">Where it ends, exclusive.</param>
internal abstract record SyntaxNode(int Start, int End)
{
    /// <summary>The parts directly below this one.</summary>
    public abstract IEnumerable<SyntaxNode> Children { get; }
}

/// <summary>A literal; <paramref name="Value"/> is null, bool, long, ulong, double, string or byte[].</summary>
internal sealed record LiteralSyntax(int Start, int End, object? Value) : SyntaxNode(Start, End)
{
    public override IEnumerable<SyntaxNode> Children => [];
}

/// <summary>A name that stands alone: a column, or the variable of a macro.</summary>
internal sealed record NameSyntax(int Start, int End, string Name) : SyntaxNode(Start, End)
{
    public override IEnumerable<SyntaxNode> Children => [];
}

/// <summary>Access by a name behind a dot.</summary>
internal sealed record MemberSyntax(int Start, int End, SyntaxNode Target, string Name) : SyntaxNode(Start, End)
{
    public override IEnumerable<SyntaxNode> Children => [Target];
}

/// <summary>Access by an index in brackets.</summary>
internal sealed record IndexSyntax(int Start, int End, SyntaxNode Target, SyntaxNode Index) : SyntaxNode(Start, End)
{
    public override IEnumerable<SyntaxNode> Children => [Target, Index];
}

/// <summary>A call: of an operator (named <c>_+_</c> and so on), a function, or a method of <paramref name="Target"/>.</summary>
internal sealed record CallSyntax(int Start, int End, string Name, SyntaxNode? Target, IReadOnlyList<SyntaxNode> Arguments) : SyntaxNode(Start, End)
{
    public override IEnumerable<SyntaxNode> Children => Target is null ? Arguments : Arguments.Prepend(Target);
}

/// <summary>A list of values in brackets.</summary>
internal sealed record ListSyntax(int Start, int End, IReadOnlyList<SyntaxNode> Items) : SyntaxNode(Start, End)
{
    public override IEnumerable<SyntaxNode> Children => Items;
}
