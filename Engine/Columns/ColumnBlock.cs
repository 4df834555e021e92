using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Rows as columns: what decoders fill, transforms change and sinks write. Made by <see cref="MappingPlan.CreateBlock"/>. A block has one
/// owner at a time and is reused through <see cref="Clear"/>.
/// </summary>
public sealed class ColumnBlock : IDisposable
{
    private readonly Column[] _columns;
    private bool _disposed;

    internal ColumnBlock(MappingPlan plan, Column[] columns, BufferPool pool)
    {
        Plan = plan;
        _columns = columns;
        Pool = pool;
    }

    /// <summary>The columns, in the mapping's order.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Complete rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Bytes that the rows take in wire form. Summed over the columns at each call: ask once a batch, not once a row.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (Column column in _columns) bytes += column.Bytes;
            return bytes;
        }
    }

    internal MappingPlan Plan { get; }

    internal Column[] ColumnArray => _columns;

    internal BufferPool Pool { get; }

    /// <summary>Takes rows, complete or begun, away from the end.</summary>
    /// <param name="rows">Rows to keep; at most <see cref="Rows"/>.</param>
    public void Truncate(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows);
        foreach (Column column in _columns) column.Truncate(rows);
        Rows = rows;
    }

    /// <summary>Takes all rows away; the memory is kept for the next ones.</summary>
    public void Clear() => Truncate(0);

    /// <summary>Gives all memory back to the pool.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (Column column in _columns) column.Dispose();
        Rows = 0;
    }

    /// <summary>Appends rows of another block, in the order given: what filters, routes and the like build their blocks with.</summary>
    /// <param name="source">Another block, whose columns have the same types in the same order.</param>
    /// <param name="rows">Positions in the source; one may come several times.</param>
    /// <exception cref="ArgumentException">The blocks' columns differ.</exception>
    public void AppendRows(ColumnBlock source, ReadOnlySpan<int> rows)
    {
        if (ReferenceEquals(source, this)) throw new ArgumentException("A block cannot be its own source.", nameof(source));
        if (source._columns.Length != _columns.Length)
            throw new ArgumentException($"The source has {source._columns.Length} columns, this block has {_columns.Length}.",
                nameof(source));
        for (int i = 0; i < _columns.Length; i++)
        {
            if (!_columns[i].Type.Equals(source._columns[i].Type)) ThrowOtherType(_columns[i], source._columns[i]);
        }

        for (int i = 0; i < _columns.Length; i++) _columns[i].AppendRows(source._columns[i], rows);
        Rows += rows.Length;
    }

    /// <summary>Says how many rows there are, for a view of columns that others fill.</summary>
    internal void ShowRows(int rows) => Rows = rows;

    /// <summary>Says that every column got one more value: the row counts from now on.</summary>
    internal void CompleteRow() => Rows++;

    private static void ThrowOtherType(Column target, Column source) =>
        throw new ArgumentException($"Column \"{target.Name}\" is {target.Type}, the source's column \"{source.Name}\" is {source.Type}.",
            nameof(source));
}
