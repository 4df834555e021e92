using ClickSink.Engine.Sources.Kafka.Native;

namespace ClickSink.Engine.Sources.Kafka;

/// <summary>
/// Keeps a librdkafka before 2.2 fetching. When its queue was full, its broker thread sleeps for up to a second and does not notice that there is room again
/// (rdkafka_broker.c, <c>rd_kafka_broker_consumer_serve</c>), which leaves a busy pipeline idle for most of the time. Any request to the broker wakes that thread.
/// From 2.2 on the setting <c>fetch.queue.backoff.ms</c> does it.
/// </summary>
internal sealed class FetchNudge
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly nint _client;
    private readonly string _topic;
    private readonly long _every;
    private long _consumed;
    private int _running;
    private volatile int[] _partitions = [];
    private int _turn;

    /// <param name="client">The client whose threads are to be woken.</param>
    /// <param name="topic">The topic that it reads.</param>
    /// <param name="prefetchBytes">How large its queue is: a nudge comes each time that a quarter of it was consumed.</param>
    public FetchNudge(nint client, string topic, long prefetchBytes)
    {
        _client = client;
        _topic = topic;
        _every = Math.Max(1, prefetchBytes / 4);
    }

    /// <summary>Whether the library that is loaded needs it.</summary>
    public static bool IsNeeded { get; } = LibRdKafka.Version() < LibRdKafka.FirstWithQueueBackoff;

    /// <summary>The partitions that are read; their leaders are the brokers to wake.</summary>
    public void Watch(IEnumerable<int> partitions) => _partitions = [.. partitions];

    /// <summary>Counts what was taken out of the queue. Called by the reading thread.</summary>
    public void Consumed(long bytes)
    {
        _consumed += bytes;
        if (_consumed < _every) return;
        _consumed = 0;
        // Off the reading thread: the request takes a round trip.
        if (_partitions.Length > 0 && Interlocked.Exchange(ref _running, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(static nudge => nudge.Ask(), this, preferLocal: false);
    }

    /// <summary>Waits for a request under way; the client may be closed after it.</summary>
    public void Stop()
    {
        var spin = default(SpinWait);
        while (Interlocked.Exchange(ref _running, 1) == 1) spin.SpinOnce(sleep1Threshold: 1);
    }

    private void Ask()
    {
        var partitions = _partitions;
        // The answer does not matter, and neither does a failure: the next quarter brings the next nudge.
        _ = OffsetQuery.Ask(_client, _topic, partitions[_turn++ % partitions.Length], OffsetQuery.Latest, Timeout, out _);
        Volatile.Write(ref _running, 0);
    }
}
