using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions.Nodes;

/// <summary>The same value for every row.</summary>
internal sealed class ConstantNode<T>(ExprType type, SyntaxNode syntax, T constant) : Node<T>(type, syntax)
{
    public T Constant => constant;

    public override bool IsConstant => true;

    public override Outcome Evaluate(RowScope row, out T value)
    {
        value = constant;
        return Outcome.Value;
    }
}

/// <summary>Null for every row.</summary>
internal sealed class NullNode<T>(ExprType type, SyntaxNode syntax) : Node<T>(type, syntax)
{
    public override bool IsConstant => true;

    public override Outcome Evaluate(RowScope row, out T value)
    {
        value = default!;
        return Outcome.Null;
    }
}
