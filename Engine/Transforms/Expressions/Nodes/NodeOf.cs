using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions.Nodes;

/// <summary>A node whose values are of one type of ours.</summary>
internal abstract class Node<T>(ExprType type, SyntaxNode syntax) : Node(type, syntax)
{
    /// <summary>Evaluates it for a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">The value; anything when there is none.</param>
    public abstract Outcome Evaluate(RowScope row, out T value);

    public sealed override Outcome Probe(RowScope row) => Evaluate(row, out _);

    public sealed override Node Fold()
    {
        if (!IsConstant || this is ConstantNode<T>) return this;
        var scope = new RowScope();
        return Evaluate(scope, out var value) switch
        {
            Outcome.Value => new ConstantNode<T>(Type, Syntax, value),
            Outcome.Null => new NullNode<T>(Type, Syntax),
            _ => throw new ExpressionFault((scope.FailedAt ?? Syntax).Start, scope.FailedBecause),
        };
    }
}
