using System.Threading.Channels;
using ClickSink.Grains.Interfaces.Events;

namespace ClickSink.Grains.Events;

/// <summary>Events between the grains that tell them and the writer. Bounded: while PostgreSQL is away what came first is kept, and what comes on top is counted and dropped.</summary>
internal sealed class EventBuffer : IEventLog
{
    /// <summary>How many events wait at most: a cluster in trouble tells some a second, so this is a long outage.</summary>
    public const int Capacity = 10_000;

    private readonly Channel<BufferedEvent> _channel = Channel.CreateBounded<BufferedEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private long _dropped;

    /// <summary>How many events found no room since the silo started.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc />
    public void Write(PipelineEvent happened)
    {
        // TryWrite answers at once, and false only when there is no room.
        if (!_channel.Writer.TryWrite(new BufferedEvent(Guid.CreateVersion7(), happened))) Interlocked.Increment(ref _dropped);
    }

    /// <summary>Waits until there is something to take.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => _channel.Reader.WaitToReadAsync(cancellation);

    /// <summary>Takes what is there, in order.</summary>
    public List<BufferedEvent> Take(int most)
    {
        var batch = new List<BufferedEvent>();
        while (batch.Count < most && _channel.Reader.TryRead(out var next)) batch.Add(next);
        return batch;
    }
}
