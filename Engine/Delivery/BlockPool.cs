using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Delivery;

/// <summary>Blocks of one worker that wait for their next use. Blocks travel from the reading thread to the writing task and back through here.</summary>
internal sealed class BlockPool : IDisposable
{
    private readonly MappingPlan _plan;
    private readonly int _maxIdle;
    private readonly Stack<ColumnBlock> _idle = new();
    private bool _disposed;

    /// <param name="plan">What the blocks are made from.</param>
    /// <param name="maxIdle">How many blocks are kept; more are given up.</param>
    public BlockPool(MappingPlan plan, int maxIdle)
    {
        _plan = plan;
        _maxIdle = maxIdle;
    }

    public ColumnBlock Rent()
    {
        lock (_idle)
        {
            if (_idle.TryPop(out var block)) return block;
        }

        return _plan.CreateBlock();
    }

    public void Return(ColumnBlock block)
    {
        block.Clear();
        lock (_idle)
        {
            if (!_disposed && _idle.Count < _maxIdle)
            {
                _idle.Push(block);
                return;
            }
        }

        block.Dispose();
    }

    /// <summary>Gives up the waiting blocks: an idle pipeline holds no buffers.</summary>
    public void Trim()
    {
        lock (_idle)
        {
            while (_idle.TryPop(out var block)) block.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_idle) _disposed = true;
        Trim();
    }
}
