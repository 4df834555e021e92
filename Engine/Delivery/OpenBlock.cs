using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Transforms;

namespace ClickSink.Engine.Delivery;

/// <summary>The block under construction of one partition. Owned by the reading thread.</summary>
internal sealed class OpenBlock
{
    private const int MeasureEvery = 256 * 1024;
    private long _unmeasured;
    private long _deadLetterBytes;

    public OpenBlock(int partition, long nextOffset)
    {
        Partition = partition;
        From = NextOffset = nextOffset;
    }

    public int Partition { get; }

    /// <summary>The first offset of the range.</summary>
    public long From { get; private set; }

    /// <summary>The offset after the last message taken in.</summary>
    public long NextOffset { get; private set; }

    /// <summary>The rows so far; null while there are none.</summary>
    public StagedRows? Rows { get; set; }

    /// <summary>When the first message of the range came, in ticks of the worker's clock.</summary>
    public long OpenedAt { get; private set; }

    public List<DeadLetter> DeadLetters { get; private set; } = [];

    public int Rejected { get; set; }

    /// <summary>Whether messages were taken in since the last seal.</summary>
    public bool HasMessages => NextOffset > From;

    /// <summary>Column bytes at the last measurement, which is never more than <see cref="MeasureEvery"/> message bytes or rows ago.</summary>
    public long Bytes { get; private set; }

    public void Advance(long offset, int messageBytes, long now)
    {
        if (!HasMessages) OpenedAt = now;
        NextOffset = offset + 1;
        // Measuring asks every column, which once a record would cost as much as decoding a field.
        _unmeasured += Math.Max(messageBytes, MeasureEvery / 1024);
        if (_unmeasured >= MeasureEvery) Measure();
    }

    /// <summary>Goes on at a later offset: the range then covers what is left out as well.</summary>
    public void SkipTo(long offset) => NextOffset = offset;

    /// <summary>Begins the next range after the one that was sealed.</summary>
    public void Reset()
    {
        From = NextOffset;
        Rows = null;
        DeadLetters = [];
        Rejected = 0;
        Bytes = _deadLetterBytes = _unmeasured = 0;
    }

    public void Reject(DeadLetter letter)
    {
        DeadLetters.Add(letter);
        _deadLetterBytes += letter.Payload.Length;
    }

    private void Measure()
    {
        Bytes = Rows!.Bytes + _deadLetterBytes;
        _unmeasured = 0;
    }
}
