using System.Collections.Concurrent;

namespace ClickSink.Embedded.Chdb;

/// <summary>The threads that queries run on: so many at once, so many waiting, the rest refused.</summary>
/// <remarks>Threads of their own, because a query blocks its thread; the pool's threads serve the network.</remarks>
internal sealed class QueryWorkers : IDisposable
{
    // ClickHouse recurses by the depth of a query and checks it against the stack; 8 MiB is what it gets from a shell.
    private const int StackBytes = 8 << 20;

    private readonly BlockingCollection<QueryJob> _waiting = [];
    private readonly ConcurrentDictionary<QueryJob, bool> _admitted = new();
    private readonly int _maxRunning;
    private readonly int _maxAdmitted;
    private readonly Lock _startLock = new();
    private int _count;
    private int _threads;

    public QueryWorkers(int maxRunning, int maxWaiting)
    {
        _maxRunning = maxRunning;
        _maxAdmitted = maxRunning + maxWaiting;
    }

    /// <summary>What is running or waiting.</summary>
    public ICollection<QueryJob> Admitted => _admitted.Keys;

    /// <summary>Takes the job, or returns false when too many are here already.</summary>
    public bool TryAdmit(QueryJob job)
    {
        if (Interlocked.Increment(ref _count) > _maxAdmitted)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        _admitted[job] = true;
        _waiting.Add(job);
        StartThreadIfNeeded();
        return true;
    }

    /// <summary>Lets the threads end when nothing waits any more.</summary>
    public void Dispose() => _waiting.CompleteAdding();

    private void StartThreadIfNeeded()
    {
        lock (_startLock)
        {
            if (_threads >= _maxRunning || _threads >= Volatile.Read(ref _count))
                return;
            _threads++;
            new Thread(Work, StackBytes) { IsBackground = true, Name = $"clickhouse-{_threads}" }.Start();
        }
    }

    private void Work()
    {
        foreach (var job in _waiting.GetConsumingEnumerable())
        {
            job.Run();
            _admitted.TryRemove(job, out _);
            Interlocked.Decrement(ref _count);
        }
    }
}
