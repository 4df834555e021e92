using ClickSink.Engine.Transforms.Expressions;
using ClickSink.Engine.Transforms.Expressions.Nodes;

namespace ClickSink.Engine.Transforms.Steps;

/// <summary><c>route</c>: the first rule that is true for a row says where it goes.</summary>
/// <param name="rules">Conditions and the numbers of their sets of routes; <see cref="StagedRows.Dropped"/> for none.</param>
/// <param name="otherwise">What holds when no rule is true; null rejects the row.</param>
/// <param name="place">Where it stands in the document.</param>
internal sealed class RouteStep(IReadOnlyList<(Expression When, int Set)> rules, int? otherwise, string place) : ITransformStep, IStepRun
{
    private readonly (Node<bool> When, int Set)[] _rules = [.. rules.Select(rule => ((Node<bool>)rule.When.Root, rule.Set))];

    public IStepRun CreateRun(TimeProvider time) => this;

    public StepOutcome Apply(TransformedRow row)
    {
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            var outcome = _rules[rule].When.Evaluate(row.Scope, out var holds);
            if (outcome is Outcome.Error) return row.Reject(rules[rule].When, $"{place}.rules[{rule}].when", null);
            if (outcome is Outcome.Value && holds) return Go(row, _rules[rule].Set);
        }

        return otherwise is { } set ? Go(row, set) : row.Reject($"{place}: no rule is true for the row, and there is no otherwise", place, null, null);
    }

    private static StepOutcome Go(TransformedRow row, int set)
    {
        row.RouteSet = set;
        return set == StagedRows.Dropped ? StepOutcome.Drop : StepOutcome.Keep;
    }
}
