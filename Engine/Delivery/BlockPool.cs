using ClickSink.Engine.Columns;
using ClickSink.Engine.Transforms;

namespace ClickSink.Engine.Delivery;

/// <summary>
/// Rows and parts of one worker that wait for their next use. They travel from the reading thread to the writing task and back through here.
/// </summary>
internal sealed class BlockPool : IDisposable
{
    private readonly RowLayout _layout;
    private readonly int _maxIdle;
    private readonly Stack<StagedRows> _rows = new();
    private readonly Stack<ColumnBlock> _parts = new();
    private bool _disposed;

    /// <param name="layout">What rows are made from.</param>
    /// <param name="maxIdle">How many of each are kept; more are given up.</param>
    public BlockPool(RowLayout layout, int maxIdle)
    {
        _layout = layout;
        _maxIdle = maxIdle;
    }

    public StagedRows Rent()
    {
        lock (_rows)
        {
            if (_rows.TryPop(out var rows)) return rows;
        }

        return _layout.CreateRows();
    }

    public void Return(StagedRows rows)
    {
        rows.Clear();
        if (!TryKeep(_rows, rows)) rows.Dispose();
    }

    /// <summary>A block with the columns that sinks get, for the rows of one route.</summary>
    public ColumnBlock RentPart()
    {
        lock (_rows)
        {
            if (_parts.TryPop(out var part)) return part;
        }

        return _layout.Output.CreateBlock();
    }

    public void ReturnPart(ColumnBlock part)
    {
        part.Clear();
        if (!TryKeep(_parts, part)) part.Dispose();
    }

    /// <summary>Gives up what waits: an idle pipeline holds no buffers.</summary>
    public void Trim()
    {
        lock (_rows)
        {
            while (_rows.TryPop(out var rows)) rows.Dispose();
            while (_parts.TryPop(out var part)) part.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_rows) _disposed = true;
        Trim();
    }

    private bool TryKeep<T>(Stack<T> idle, T item)
    {
        lock (_rows)
        {
            if (_disposed || idle.Count >= _maxIdle) return false;
            idle.Push(item);
            return true;
        }
    }
}
