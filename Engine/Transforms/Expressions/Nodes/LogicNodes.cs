using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions.Nodes;

/// <summary>
/// <c>&amp;&amp;</c> and <c>||</c>. The side that decides (false for and, true for or) decides whatever the other comes to, be it an error; between the rest an
/// error outweighs null, and null the value that does not decide.
/// </summary>
internal sealed class LogicNode(SyntaxNode syntax, Node<bool> a, Node<bool> b, bool deciding) : Node<bool>(ExprType.Bool, syntax)
{
    public override bool IsConstant => a.IsConstant && b.IsConstant;

    public override Outcome Evaluate(RowScope row, out bool value)
    {
        var first = a.Evaluate(row, out value);
        if (first is Outcome.Value && value == deciding) return Outcome.Value;
        var (because, at) = first is Outcome.Error ? (row.FailedBecause, row.FailedAt) : ("", null);
        var second = b.Evaluate(row, out value);
        if (second is Outcome.Value && value == deciding) return Outcome.Value;
        value = !deciding;
        if (second is Outcome.Error) return second;
        if (first is not Outcome.Error) return first is Outcome.Null ? first : second;
        row.Fail(because);
        return row.Locate(at ?? Syntax);
    }
}

/// <summary>Equality, for which null is a value like any other: only null equals null.</summary>
internal sealed class EqualNode<TA, TB>(SyntaxNode syntax, Node<TA> a, Node<TB> b, Func<TA, TB, bool> equals, bool isNegated) : Node<bool>(ExprType.Bool, syntax)
{
    public override bool IsConstant => a.IsConstant && b.IsConstant;

    public override Outcome Evaluate(RowScope row, out bool value)
    {
        value = false;
        var first = a.Evaluate(row, out var left);
        if (first is Outcome.Error) return first;
        var second = b.Evaluate(row, out var right);
        if (second is Outcome.Error) return second;
        value = first is Outcome.Value && second is Outcome.Value ? equals(left, right) : first == second;
        value ^= isNegated;
        return Outcome.Value;
    }
}

/// <summary>Whether something is null: <c>x == null</c>, <c>has(x)</c>.</summary>
internal sealed class NullTestNode(SyntaxNode syntax, Node inner, bool whenNull) : Node<bool>(ExprType.Bool, syntax)
{
    public override bool IsConstant => inner.IsConstant;

    public override Outcome Evaluate(RowScope row, out bool value)
    {
        var outcome = inner.Probe(row);
        value = (outcome is Outcome.Null) == whenNull;
        return outcome is Outcome.Error ? outcome : Outcome.Value;
    }
}

/// <summary><c>c ? x : y</c>; a condition that is null is false.</summary>
internal sealed class ChoiceNode<T>(ExprType type, SyntaxNode syntax, Node<bool> condition, Node<T> then, Node<T> otherwise) : Node<T>(type, syntax)
{
    public override bool IsConstant => condition.IsConstant && then.IsConstant && otherwise.IsConstant;

    public override Outcome Evaluate(RowScope row, out T value)
    {
        var outcome = condition.Evaluate(row, out var holds);
        if (outcome is not Outcome.Error) return (outcome is Outcome.Value && holds ? then : otherwise).Evaluate(row, out value);
        value = default!;
        return outcome;
    }
}

/// <summary><c>coalesce(a, b, ...)</c>: the first that is not null.</summary>
internal sealed class CoalesceNode<T>(ExprType type, SyntaxNode syntax, Node<T>[] candidates) : Node<T>(type, syntax)
{
    public override bool IsConstant => candidates.All(candidate => candidate.IsConstant);

    public override Outcome Evaluate(RowScope row, out T value)
    {
        value = default!;
        foreach (var candidate in candidates)
        {
            var outcome = candidate.Evaluate(row, out value);
            if (outcome is not Outcome.Null) return outcome;
        }

        return Outcome.Null;
    }
}

/// <summary><c>x in [a, b, ...]</c> with a list of constants.</summary>
internal sealed class MemberOfNode<T>(SyntaxNode syntax, Node<T> item, HashSet<T> list) : Node<bool>(ExprType.Bool, syntax)
{
    public override bool IsConstant => item.IsConstant;

    public override Outcome Evaluate(RowScope row, out bool value)
    {
        var outcome = item.Evaluate(row, out var wanted);
        value = outcome is Outcome.Value && list.Contains(wanted);
        return outcome;
    }
}
