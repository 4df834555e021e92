using System.Runtime.InteropServices;
using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Transforms;

/// <summary>
/// Rows under construction: what is decoded, what is derived from it, and the view of both that sinks get. All three are the same columns, so nothing is copied
/// from one to the other. A row counts once it is decoded; each derived column then gets one more value.
/// </summary>
internal sealed class StagedRows : IDisposable
{
    /// <summary>The number of the set of routes that a row has that was left out.</summary>
    public const int Dropped = -1;

    private readonly ColumnBlock _output;
    private readonly List<short> _routes = [];

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
        if (_routes.Count > rows) CollectionsMarshal.SetCount(_routes, rows);
        for (var column = Decoded.ColumnArray.Length; column < Columns.Length; column++) Columns[column].Truncate(rows);
    }

    public void Clear() => Truncate(0);

    /// <summary>Says which routes a row goes; rows that nobody says anything about go those of set 0.</summary>
    /// <param name="row">The row; the last one that anything is said about, or a later one.</param>
    /// <param name="set">Number of the set, or <see cref="Dropped"/>.</param>
    public void SetRoutes(int row, int set)
    {
        if (set == 0 && _routes.Count == 0) return;
        while (_routes.Count < row) _routes.Add(0);
        _routes.Add((short)set);
    }

    /// <summary>The number of the set of routes that a row goes, or <see cref="Dropped"/>.</summary>
    public int GetRoutes(int row) => row < _routes.Count ? _routes[row] : 0;

    /// <summary>Whether all rows are in set 0, and none was left out.</summary>
    public bool AreUniform => _routes.Count == 0;

    public void Dispose()
    {
        Decoded.Dispose();
        for (var column = Decoded.ColumnArray.Length; column < Columns.Length; column++) Columns[column].Dispose();
    }
}
