namespace ClickSink.Engine.Columns;

/// <summary>
/// Map(K, V): sent as an array of pairs. A decoder appends a key to <see cref="Keys"/> and a value to <see cref="Values"/>, closes the
/// pair, and at the end the row.
/// </summary>
internal sealed class MapColumn(string name, ColumnType type, TupleColumn pairs, BufferPool pool) : ArrayColumn(name, type, pairs, pool)
{
    /// <summary>The keys of all rows.</summary>
    public Column Keys => pairs.Fields[0];

    /// <summary>The values of all rows.</summary>
    public Column Values => pairs.Fields[1];

    internal override ColumnShape Shape => ColumnShape.Map;

    private protected override AppendOutcome Unfit => AppendOutcome.NotAnObject;

    /// <summary>Ends a pair.</summary>
    public void ClosePair() => pairs.CloseRow();
}
