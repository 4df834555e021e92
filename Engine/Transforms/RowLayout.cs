using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Transforms;

/// <summary>The columns of a pipeline's rows: those that are decoded, those that are derived from them, and which of both the sinks get. Immutable.</summary>
public sealed class RowLayout
{
    private readonly ColumnPlan[] _columns;

    /// <summary>Makes a layout.</summary>
    /// <param name="decoded">The mapping.</param>
    /// <param name="derived">The columns that transforms add, in their order.</param>
    public RowLayout(MappingPlan decoded, IReadOnlyList<ColumnPlan> derived)
    {
        Decoded = decoded;
        DerivedCount = derived.Count;
        _columns = [.. decoded.Columns, .. derived];
        Output = derived.Count == 0 && decoded.Columns.All(column => column.Stored) ? decoded : new MappingPlan([.. _columns.Where(column => column.Stored)]);
    }

    /// <summary>What the decoder fills.</summary>
    public MappingPlan Decoded { get; }

    /// <summary>Every column that expressions can use: the decoded ones, then the derived ones.</summary>
    public IReadOnlyList<ColumnPlan> Columns => _columns;

    /// <summary>What sinks get.</summary>
    public MappingPlan Output { get; }

    /// <summary>How many of the columns are derived; they are the last ones.</summary>
    public int DerivedCount { get; }

    /// <summary>Makes rows to be filled. Whoever holds them disposes them.</summary>
    /// <param name="pool">Where their memory comes from; null for the shared pool.</param>
    internal StagedRows CreateRows(BufferPool? pool = null)
    {
        var memory = pool ?? BufferPool.Shared;
        var decoded = Decoded.CreateBlock(memory);
        if (ReferenceEquals(Output, Decoded)) return new StagedRows(decoded, decoded.ColumnArray, decoded);
        Column[] all = [.. decoded.ColumnArray, .. _columns[^DerivedCount..].Select(column => ColumnFactory.Create(column.Name, column.Type, memory))];
        return new StagedRows(decoded, all, new ColumnBlock(Output, [.. all.Where((_, column) => _columns[column].Stored)], memory));
    }
}
