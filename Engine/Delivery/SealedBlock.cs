using ClickSink.Engine.DeadLetters;

namespace ClickSink.Engine.Delivery;

/// <summary>
/// Step 4 of a record's path: the rows of one contiguous range of one partition, in one part for each table that they go to, and the dead letters of that range.
/// It never changes again, so that each attempt to write it is the same. Disposing it gives its buffers back.
/// </summary>
public sealed class SealedBlock : IDisposable
{
    private readonly Action _giveBack;
    private IReadOnlyList<BlockPart>? _parts;

    internal SealedBlock(Intent intent, string token, IReadOnlyList<BlockPart> parts, IReadOnlyList<DeadLetter> deadLetters, int rejected, bool isRecovered, Action giveBack)
    {
        Intent = intent;
        Token = token;
        _parts = parts;
        DeadLetters = deadLetters;
        Rejected = rejected;
        IsRecovered = isRecovered;
        _giveBack = giveBack;
        foreach (var part in parts)
        {
            RowCount += part.Rows.Rows;
            Bytes += part.Rows.Bytes;
        }
    }

    /// <summary>The range and what it is written under.</summary>
    public Intent Intent { get; }

    /// <summary>Partition and offsets.</summary>
    public BlockRange Range => Intent.Range;

    /// <summary>The deduplication token: <c>pipeline:generation:topic:partition:from-to</c>. Each part has its own, made from it.</summary>
    public string Token { get; }

    /// <summary>The rows by the table that they go to. Without routing there is one part, of route "", which may be empty; with it, one for each route that has rows.</summary>
    public IReadOnlyList<BlockPart> Parts => _parts ?? throw new ObjectDisposedException(nameof(SealedBlock));

    /// <summary>Rows of all parts; one that goes to two tables counts twice.</summary>
    public long RowCount { get; }

    /// <summary>Bytes of column data of all parts.</summary>
    public long Bytes { get; }

    /// <summary>The records of the range that were rejected and are to be kept.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters { get; }

    /// <summary>How many records of the range were rejected, kept or not.</summary>
    public int Rejected { get; }

    /// <summary>Whether the range is read again after a crash: its intent is persisted already.</summary>
    public bool IsRecovered { get; }

    /// <summary>Whether there is anything to write.</summary>
    public bool IsEmpty => RowCount == 0 && DeadLetters.Count == 0;

    /// <summary>Makes the token of a range.</summary>
    public static string MakeToken(string pipeline, string topic, Intent intent) => $"{pipeline}:{intent.Generation}:{topic}:{intent.Range}";

    /// <summary>Gives the buffers back to the pool.</summary>
    public void Dispose()
    {
        if (_parts is null) return;
        _parts = null;
        _giveBack();
    }
}
