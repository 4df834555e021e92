using ClickSink.Engine.Transforms.Expressions;
using ClickSink.Engine.Transforms.Expressions.Nodes;

namespace ClickSink.Engine.Transforms.Steps;

/// <summary><c>filter</c>: keeps the rows for which a condition is true.</summary>
internal sealed class FilterStep(Expression condition, string place) : ITransformStep, IStepRun
{
    private readonly Node<bool> _condition = (Node<bool>)condition.Root;

    public IStepRun CreateRun(TimeProvider time) => this;

    public StepOutcome Apply(TransformedRow row) => _condition.Evaluate(row.Scope, out var holds) switch
    {
        Outcome.Value => holds ? StepOutcome.Keep : StepOutcome.Drop,
        Outcome.Null => StepOutcome.Drop,
        _ => row.Reject(condition, place, null),
    };
}
