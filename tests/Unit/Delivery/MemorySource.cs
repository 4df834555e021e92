using System.Text;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Sources;

namespace ClickSink.Tests.Unit.Delivery;

/// <summary>A source over lists in memory: partitions with offsets from 0, a batch size of its own, and an end-of-partition entry as Kafka has it.</summary>
internal sealed class MemorySource : IMessageSource
{
    private readonly IReadOnlyList<string[]> _partitions;
    private readonly int _batchSize;
    private readonly ManualResetEventSlim _interrupt = new();
    private readonly Dictionary<int, long> _next = [];
    private readonly HashSet<int> _ended = [];
    private readonly List<(int Partition, long Offset, byte[]? Value)> _batch = [];

    public MemorySource(IReadOnlyList<string[]> partitions, int batchSize = 7)
    {
        _partitions = partitions;
        _batchSize = batchSize;
    }

    public long FirstOffset { get; init; }

    public int MessagesRead { get; private set; }

    public List<PartitionOffset> Committed { get; } = [];

    public string? Trouble => null;

    public void ForgetTrouble()
    {
    }

    public void Assign(IReadOnlyList<PartitionOffset> positions)
    {
        _next.Clear();
        _ended.Clear();
        foreach (var position in positions) _next[position.Partition] = position.Offset;
    }

    public int Poll(TimeSpan timeout)
    {
        _batch.Clear();
        foreach (var (partition, from) in _next.ToList())
        {
            var messages = _partitions[partition];
            var to = Math.Min(messages.Length, from + _batchSize);
            for (var offset = from; offset < to; offset++) _batch.Add((partition, offset, Encoding.UTF8.GetBytes(messages[offset])));
            _next[partition] = Math.Max(from, to);
            if (_next[partition] >= messages.Length && _ended.Add(partition)) _batch.Add((partition, messages.Length, null));
        }

        if (_batch.Count == 0) _interrupt.Wait(timeout);
        return _batch.Count;
    }

    public void Interrupt() => _interrupt.Set();

    public SourceEntryKind Read(int index, out Message message, out string? error)
    {
        var (partition, offset, value) = _batch[index];
        error = null;
        message = new Message { Partition = partition, Offset = offset, Value = value };
        if (offset < FirstOffset) return SourceEntryKind.OffsetOutOfRange;
        if (value is null) return SourceEntryKind.EndOfPartition;
        MessagesRead++;
        return SourceEntryKind.Message;
    }

    public (long First, long End) QueryBounds(int partition, TimeSpan timeout) => (FirstOffset, _partitions[partition].Length);

    public long EndOffset(int partition) => _partitions[partition].Length;

    public void Commit(IReadOnlyList<PartitionOffset> positions)
    {
        lock (Committed) Committed.AddRange(positions);
    }

    public void Dispose()
    {
    }
}
