using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Transforms.Expressions;

namespace ClickSink.Engine.Transforms.Steps;

/// <summary><c>derive</c>: fills a column with what an expression comes to.</summary>
/// <param name="value">The expression.</param>
/// <param name="column">The column.</param>
/// <param name="position">Its position among the columns of the rows.</param>
/// <param name="place">Where it stands in the document.</param>
internal sealed class DeriveStep(Expression value, ColumnPlan column, int position, string place) : ITransformStep, IStepRun
{
    private readonly ValueWriter _writer = ValueWriter.Create(value.Root);

    public IStepRun CreateRun(TimeProvider time) => this;

    public StepOutcome Apply(TransformedRow row)
    {
        var target = row.Scope.Columns[position];
        var outcome = _writer.Write(row.Scope, target, out var written);
        return outcome switch
        {
            Outcome.Value when written is AppendOutcome.Accepted => StepOutcome.Keep,
            Outcome.Value => Refuse(row, written),
            Outcome.Null => Fill(row, target),
            _ => row.Reject(value, place, column.Name),
        };
    }

    private StepOutcome Fill(TransformedRow row, Column target)
    {
        if (column.Missing is MissingPolicy.Reject)
            return row.Reject($"column \"{column.Name}\" ({column.Type}): {place}: {value.Text} is null, and the column does not take that", place, column.Name, "null");
        if (column.Missing is not MissingPolicy.Null || !target.AppendNull()) target.AppendDefault();
        return StepOutcome.Keep;
    }

    private StepOutcome Refuse(TransformedRow row, AppendOutcome why)
    {
        var text = Expression.Describe(value.Root, row.Scope);
        return row.Reject($"column \"{column.Name}\" ({column.Type}): {place}: {text} from {value.Text} {OutcomeText.Explain(why, column.Type)}", place, column.Name, text);
    }
}
