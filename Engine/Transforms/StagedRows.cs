using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Transforms;

/// <summary>
/// Rows under construction: what is decoded, what is derived from it, and the view of both that sinks get. All three are the same columns, so nothing is copied
/// from one to the other. A row counts once it is decoded; each derived column then gets one more value.
/// </summary>
internal sealed class StagedRows : IDisposable
{
    private readonly ColumnBlock _output;

    public StagedRows(ColumnBlock decoded, Column[] columns, ColumnBlock output)
    {
        Decoded = decoded;
        Columns = columns;
        _output = output;
    }

    /// <summary>What the decoder fills.</summary>
    public ColumnBlock Decoded { get; }

    /// <summary>The decoded columns, then the derived ones.</summary>
    public Column[] Columns { get; }

    public int Rows => Decoded.Rows;

    /// <summary>Bytes that all columns take, stored or not. Summed at each call.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (var column in Columns) bytes += column.Bytes;
            return bytes;
        }
    }

    /// <summary>The rows as sinks get them; valid until the rows change.</summary>
    public ColumnBlock Output
    {
        get
        {
            if (!ReferenceEquals(_output, Decoded)) _output.ShowRows(Rows);
            return _output;
        }
    }

    /// <summary>Takes rows, complete or begun, away from the end.</summary>
    public void Truncate(int rows)
    {
        Decoded.Truncate(rows);
        for (var column = Decoded.ColumnArray.Length; column < Columns.Length; column++) Columns[column].Truncate(rows);
    }

    public void Clear() => Truncate(0);

    public void Dispose()
    {
        Decoded.Dispose();
        for (var column = Decoded.ColumnArray.Length; column < Columns.Length; column++) Columns[column].Dispose();
    }
}
