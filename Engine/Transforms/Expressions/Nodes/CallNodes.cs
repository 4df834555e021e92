using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions.Nodes;

/// <summary>A function of one value.</summary>
internal delegate Outcome Function<TA, TResult>(RowScope row, TA a, out TResult result);

/// <summary>A function of two values.</summary>
internal delegate Outcome Function<TA, TB, TResult>(RowScope row, TA a, TB b, out TResult result);

/// <summary>A function of three values.</summary>
internal delegate Outcome Function<TA, TB, TC, TResult>(RowScope row, TA a, TB b, TC c, out TResult result);

/// <summary>A call with one argument; null of null.</summary>
internal sealed class CallNode<TA, TResult>(ExprType type, SyntaxNode syntax, Node<TA> a, Function<TA, TResult> function) : Node<TResult>(type, syntax)
{
    public override bool IsConstant => a.IsConstant;

    public override Outcome Evaluate(RowScope row, out TResult value)
    {
        var outcome = a.Evaluate(row, out var left);
        if (outcome is Outcome.Value) outcome = function(row, left, out value);
        else value = default!;
        return outcome is Outcome.Error ? row.Locate(Syntax) : outcome;
    }
}

/// <summary>A call with two arguments; null if one of them is.</summary>
internal sealed class CallNode<TA, TB, TResult>(ExprType type, SyntaxNode syntax, Node<TA> a, Node<TB> b, Function<TA, TB, TResult> function) : Node<TResult>(type, syntax)
{
    public override bool IsConstant => a.IsConstant && b.IsConstant;

    public override Outcome Evaluate(RowScope row, out TResult value)
    {
        value = default!;
        var first = a.Evaluate(row, out var left);
        if (first is Outcome.Error) return first;
        var second = b.Evaluate(row, out var right);
        if (second is Outcome.Error) return second;
        if (first is Outcome.Null || second is Outcome.Null) return Outcome.Null;
        var outcome = function(row, left, right, out value);
        return outcome is Outcome.Error ? row.Locate(Syntax) : outcome;
    }
}

/// <summary>A call with three arguments; null if one of them is.</summary>
internal sealed class CallNode<TA, TB, TC, TResult>(
    ExprType type, SyntaxNode syntax, Node<TA> a, Node<TB> b, Node<TC> c, Function<TA, TB, TC, TResult> function) : Node<TResult>(type, syntax)
{
    public override bool IsConstant => a.IsConstant && b.IsConstant && c.IsConstant;

    public override Outcome Evaluate(RowScope row, out TResult value)
    {
        value = default!;
        var first = a.Evaluate(row, out var one);
        if (first is Outcome.Error) return first;
        var second = b.Evaluate(row, out var two);
        if (second is Outcome.Error) return second;
        var third = c.Evaluate(row, out var three);
        if (third is Outcome.Error) return third;
        if (first is Outcome.Null || second is Outcome.Null || third is Outcome.Null) return Outcome.Null;
        var outcome = function(row, one, two, three, out value);
        return outcome is Outcome.Error ? row.Locate(Syntax) : outcome;
    }
}
