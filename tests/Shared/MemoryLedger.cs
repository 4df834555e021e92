using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sources;

namespace ClickSink.Tests.Shared;

/// <summary>The stored progress of one replica, shared by the owners of it that a test makes one after the other, or two at a time.</summary>
public sealed class MemoryLedger
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, long> _next = [];
    private readonly List<Intent> _intents = [];
    private int _version;

    /// <summary>How many commits were tried.</summary>
    public int Commits { get; private set; }

    /// <summary>Throws instead of storing, at the commit with this number, before or after it is stored.</summary>
    public Func<int, FailurePoint> Fail { get; set; } = _ => FailurePoint.None;

    /// <summary>What a commit does instead of succeeding.</summary>
    public enum FailurePoint
    {
        None,
        Unavailable,
        StoredThenUnavailable,
    }

    public void Begin(int partitions)
    {
        for (var p = 0; p < partitions; p++) _next.TryAdd(p, -1);
    }

    /// <summary>What a new owner starts with, and the handle that it writes through: the former owner's handle is fenced at the new one's first write.</summary>
    public (WorkerStart Start, ILedger Ledger) Take()
    {
        lock (_lock)
        {
            var start = new WorkerStart
            {
                Intents = [.. _intents],
                Positions = [.. _next.Select(p => new PartitionOffset(p.Key, p.Value))],
            };
            return (start, new Handle(this, _version));
        }
    }

    public long NextOffset(int partition)
    {
        lock (_lock) return _next[partition];
    }

    public IReadOnlyList<Intent> OpenIntents()
    {
        lock (_lock) return [.. _intents];
    }

    private sealed class Handle(MemoryLedger store, int version) : ILedger
    {
        private int _version = version;

        public Task CommitAsync(LedgerChange change, CancellationToken cancellation)
        {
            lock (store._lock)
            {
                if (_version != store._version) throw new LedgerLostException("another owner wrote");
                var failure = store.Fail(store.Commits++);
                if (failure is FailurePoint.Unavailable) throw new LedgerUnavailableException("the store is away");
                _version = ++store._version;
                if (change.Completed is { } done)
                {
                    store._intents.RemoveAll(i => i.Range == done.Range && i.Generation == done.Generation);
                    if (!done.Aside) store._next[done.Range.Partition] = Math.Max(store._next[done.Range.Partition], done.Range.To + 1);
                }

                store._intents.RemoveAll(i => change.Withdrawn.Any(w => w.Range == i.Range && w.Generation == i.Generation));
                foreach (var (partition, offset) in change.Moved) store._next[partition] = offset;
                foreach (var opened in change.Opened is null ? change.Reopened : change.Reopened.Append(change.Opened))
                {
                    if (!store._intents.Contains(opened)) store._intents.Add(opened);
                }

                if (failure is FailurePoint.StoredThenUnavailable) throw new LedgerUnavailableException("the answer of the store was lost");
            }

            return Task.CompletedTask;
        }
    }
}
