using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Delivery;

/// <summary>
/// Step 4 of a record's path: the rows of one contiguous range of one partition, and the dead letters of that range. It never changes again, so that each
/// attempt to write it is the same. Disposing it gives its buffers back.
/// </summary>
public sealed class SealedBlock : IDisposable
{
    private readonly BlockPool _pool;
    private ColumnBlock? _rows;

    internal SealedBlock(Intent intent, string token, ColumnBlock rows, IReadOnlyList<DeadLetter> deadLetters, int rejected, bool isRecovered, BlockPool pool)
    {
        Intent = intent;
        Token = token;
        _rows = rows;
        DeadLetters = deadLetters;
        Rejected = rejected;
        IsRecovered = isRecovered;
        _pool = pool;
    }

    /// <summary>The range and what it is written under.</summary>
    public Intent Intent { get; }

    /// <summary>Partition and offsets.</summary>
    public BlockRange Range => Intent.Range;

    /// <summary>The deduplication token: <c>pipeline:generation:topic:partition:from-to</c>.</summary>
    public string Token { get; }

    /// <summary>The rows, column by column; may be empty.</summary>
    public ColumnBlock Rows => _rows ?? throw new ObjectDisposedException(nameof(SealedBlock));

    /// <summary>The records of the range that were rejected and are to be kept.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters { get; }

    /// <summary>How many records of the range were rejected, kept or not.</summary>
    public int Rejected { get; }

    /// <summary>Whether the range is read again after a crash: its intent is persisted already.</summary>
    public bool IsRecovered { get; }

    /// <summary>Whether there is anything to write.</summary>
    public bool IsEmpty => Rows.Rows == 0 && DeadLetters.Count == 0;

    /// <summary>Makes the token of a range.</summary>
    public static string MakeToken(string pipeline, string topic, Intent intent) => $"{pipeline}:{intent.Generation}:{topic}:{intent.Range}";

    /// <summary>Gives the buffers back to the pool.</summary>
    public void Dispose()
    {
        if (_rows is null) return;
        _pool.Return(_rows);
        _rows = null;
    }
}
