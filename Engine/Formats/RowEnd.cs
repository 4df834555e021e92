using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats;

/// <summary>
/// What is done at the end of every row, whatever its format: columns from around the value, columns without a value, the count of rows. Leaves the reason of a
/// failure in <see cref="Fault"/>.
/// </summary>
internal sealed class RowEnd
{
    private readonly ColumnPlan[] _plan;
    private readonly MetadataColumns _metadata;
    private readonly int _maxRows;
    private int _lastRow;

    public RowEnd(MappingPlan plan, FormatLimits limits)
    {
        _plan = [.. plan.Columns];
        _metadata = new MetadataColumns(plan);
        _maxRows = limits.MaxRows;
    }

    /// <summary>Why the last row could not be completed; null if it could.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>Begins a message.</summary>
    public void Begin(ColumnBlock block)
    {
        Fault = null;
        _lastRow = block.Rows + _maxRows;
    }

    /// <summary>Completes the row whose values are in the block's columns.</summary>
    public bool TryComplete(in Message message, in ChangeFields change, ColumnBlock block)
    {
        int row = block.Rows;
        Column[] columns = block.ColumnArray;
        AppendOutcome outcome = _metadata.TryAppend(message, change, columns, out int refused);
        if (outcome != AppendOutcome.Accepted) return Fail(ColumnFaults.MetadataRefused(_plan[refused], outcome));
        for (int column = 0; column < columns.Length; column++)
        {
            if (columns[column].Count == row && !FillMissing(columns[column], column)) return false;
        }

        if (row == _lastRow) return Fail(new RowFault($"the message has more than {_maxRows} rows; raise format.maxRows if that is meant", null, null, null));
        block.CompleteRow();
        return true;
    }

    private bool FillMissing(Column target, int column)
    {
        switch (_plan[column].Missing)
        {
            case MissingPolicy.Null:
                target.AppendNull();
                return true;
            case MissingPolicy.Default:
                target.AppendDefault();
                return true;
            default:
                return Fail(ColumnFaults.Missing(_plan[column]));
        }
    }

    private bool Fail(RowFault fault)
    {
        Fault = fault;
        return false;
    }
}
