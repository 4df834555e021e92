using ClickSink.Engine.Mapping;
using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sources;

namespace ClickSink.Engine.Delivery;

/// <summary>The live counters of one worker, summed a block. Written by its thread and its task, read by whoever asks for the status.</summary>
internal sealed class WorkerProgress
{
    private readonly TimeProvider _time;
    private readonly RateMeter _rows;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, long> _nextOffsets = [];
    private readonly Dictionary<int, long> _endOffsets = [];
    private WorkerSnapshot _counters = new() { Phase = WorkerPhase.Starting };
    private Trouble? _ended;
    private Trouble? _writing;
    private Trouble? _reading;

    public WorkerProgress(TimeProvider time)
    {
        _time = time;
        _rows = new RateMeter(time);
    }

    public void Enter(WorkerPhase phase)
    {
        lock (_lock) _counters = _counters with { Phase = phase };
    }

    /// <summary>How the worker ended, if not as it was asked to.</summary>
    public void End(WorkerPhase phase, string? error)
    {
        lock (_lock)
        {
            _counters = _counters with { Phase = phase };
            _ended = error is null ? null : new Trouble(phase, error, _time.GetUtcNow());
        }
    }

    /// <summary>The worker ended in front of a message whose fields need these columns.</summary>
    public void Outgrow(IReadOnlyList<ColumnMapping> columns)
    {
        lock (_lock) _counters = _counters with { NewColumns = columns };
        End(WorkerPhase.Outgrown, null);
    }

    /// <summary>What keeps records from being read; null when it is over.</summary>
    public void ReportReading(string? error)
    {
        lock (_lock) _reading = Keep(_reading, WorkerPhase.Retrying, error);
    }

    /// <summary>What keeps records from being stored; null when it is over.</summary>
    public void ReportWriting(WorkerPhase phase, string? error)
    {
        lock (_lock) _writing = Keep(_writing, phase, error);
    }

    public void Opened(Guarantee guarantee)
    {
        lock (_lock) _counters = _counters with { Guarantee = guarantee };
    }

    /// <summary>What the sink advises; null when nothing.</summary>
    public void Advise(string? advice)
    {
        if (_counters.Advice == advice) return;
        lock (_lock) _counters = _counters with { Advice = advice };
    }

    public void Wrote(SealedBlock block)
    {
        _rows.Add(block.RowCount);
        lock (_lock)
        {
            _counters = _counters with
            {
                RowsWritten = _counters.RowsWritten + block.RowCount,
                BytesWritten = _counters.BytesWritten + block.Bytes,
                BlocksWritten = _counters.BlocksWritten + 1,
            };
        }
    }

    public void Rejected(int count, string last)
    {
        lock (_lock) _counters = _counters with { RecordsRejected = _counters.RecordsRejected + count, LastRejection = last };
    }

    public void Moved(int partition, long nextOffset)
    {
        lock (_lock) _nextOffsets[partition] = nextOffset;
    }

    /// <summary>The worker as it is now.</summary>
    /// <param name="source">Tells how far the partitions go; null when it is closed, and what it told last counts.</param>
    public WorkerSnapshot Snapshot(IMessageSource? source)
    {
        lock (_lock)
        {
            // The sink's trouble is told first: a source that waits for the sink is not in trouble itself.
            var trouble = _ended ?? _writing ?? _reading;
            foreach (var partition in _nextOffsets.Keys)
            {
                if (source?.EndOffset(partition) is { } end and >= 0) _endOffsets[partition] = end;
            }

            return _counters with
            {
                Phase = _counters.Phase is WorkerPhase.Running or WorkerPhase.Starting or WorkerPhase.Recovering && trouble is not null ? trouble.Phase : _counters.Phase,
                Error = trouble?.Error,
                ErrorSince = trouble?.Since,
                RowsPerSecond = _rows.PerSecond(),
                Partitions = [.. _nextOffsets.Select(p => new PartitionSnapshot(p.Key, p.Value, _endOffsets.GetValueOrDefault(p.Key, -1)))],
            };
        }
    }

    private Trouble? Keep(Trouble? present, WorkerPhase phase, string? error)
    {
        if (error is null) return null;
        return present?.Error == error && present.Phase == phase ? present : new Trouble(phase, error, present?.Since ?? _time.GetUtcNow());
    }

    private sealed record Trouble(WorkerPhase Phase, string Error, DateTimeOffset Since);
}
