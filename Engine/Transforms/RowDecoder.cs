using System.Diagnostics.CodeAnalysis;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Transforms.Steps;

namespace ClickSink.Engine.Transforms;

/// <summary>
/// Steps 2 and 3 of a record's path: decodes a message, then takes each of its rows through the transforms. Row by row, so that a message is accepted or rejected
/// as a whole before the next one is looked at, which the policies for rejected records rest on. Steady state allocates nothing.
/// </summary>
internal sealed class RowDecoder : IDisposable
{
    private readonly IMessageDecoder _decoder;
    private readonly IStepRun[] _steps;
    private readonly int _decodedColumns;
    private readonly TransformedRow _row = new();

    /// <param name="decoder">Decodes messages.</param>
    /// <param name="layout">The columns of the rows.</param>
    /// <param name="steps">The transforms, in order.</param>
    public RowDecoder(IMessageDecoder decoder, RowLayout layout, IStepRun[] steps)
    {
        _decoder = decoder;
        _steps = steps;
        _decodedColumns = layout.Decoded.Columns.Count;
    }

    /// <summary>Appends the message's rows: none, one or several.</summary>
    /// <param name="message">The message.</param>
    /// <param name="rows">Where they go.</param>
    /// <param name="fault">Why the message was rejected.</param>
    /// <returns>False if the message is rejected; there are then exactly the rows that there were before.</returns>
    public bool TryDecode(in Message message, StagedRows rows, [NotNullWhen(false)] out RowFault? fault)
    {
        var first = rows.Rows;
        if (!_decoder.TryDecode(in message, rows.Decoded, out fault)) return false;
        if (_steps.Length == 0) return true;
        _row.Partition = message.Partition;
        _row.Offset = message.Offset;
        _row.TimestampMilliseconds = message.TimestampMilliseconds;
        _row.Scope.Bind(rows.Columns);
        var accepted = Transform(rows, first);
        foreach (var step in _steps) step.Complete(accepted);
        if (accepted) return true;
        rows.Truncate(first);
        fault = _row.Fault!;
        return false;
    }

    public void Dispose() => (_decoder as IDisposable)?.Dispose();

    private bool Transform(StagedRows rows, int first)
    {
        var end = rows.Rows;
        var kept = first;
        for (var at = first; at < end; at++)
        {
            switch (Transform(at))
            {
                case StepOutcome.Keep:
                    rows.SetRoutes(at, _row.RouteSet);
                    kept = at + 1;
                    break;
                case StepOutcome.Drop:
                    Pad(rows, at + 1);
                    rows.SetRoutes(at, StagedRows.Dropped);
                    break;
                default:
                    return false;
            }
        }

        // Rows that are dropped behind the last one that stays are gone at once; those between others are left out when the block is sealed.
        if (kept < end) rows.Truncate(kept);
        return true;
    }

    private StepOutcome Transform(int at)
    {
        _row.Scope.MoveTo(at);
        _row.RouteSet = 0;
        foreach (var step in _steps)
        {
            var outcome = step.Apply(_row);
            if (outcome is not StepOutcome.Keep) return outcome;
        }

        return StepOutcome.Keep;
    }

    // Steps behind the one that dropped the row gave their columns no value.
    private void Pad(StagedRows rows, int count)
    {
        for (var column = _decodedColumns; column < rows.Columns.Length; column++)
        {
            if (rows.Columns[column].Count < count) rows.Columns[column].AppendDefault();
        }
    }
}
