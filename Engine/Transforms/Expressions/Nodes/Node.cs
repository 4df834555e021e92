using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions.Nodes;

/// <summary>A part of a compiled expression. Shared by all rows; what a row needs is in its <see cref="RowScope"/>.</summary>
internal abstract class Node(ExprType type, SyntaxNode syntax)
{
    /// <summary>The type of its values.</summary>
    public ExprType Type => type;

    /// <summary>What it was compiled from.</summary>
    public SyntaxNode Syntax => syntax;

    /// <summary>Whether it comes to the same for every row.</summary>
    public virtual bool IsConstant => false;

    /// <summary>Evaluates it for what it comes to, whatever its type is.</summary>
    public abstract Outcome Probe(RowScope row);

    /// <summary>Computes a constant once instead of for every row.</summary>
    /// <exception cref="ExpressionFault">It is an error for every row.</exception>
    public abstract Node Fold();
}
