using System.Threading.Channels;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Delivery;

/// <summary>
/// Moves the records of some partitions of one pipeline: a thread that reads and a task that writes, with a bounded hand-over between them. The steps of a
/// record's path are numbered in <see cref="ReadLoop"/> and <see cref="WriteLoop"/> as in <c>docs/path-of-a-record.md</c>.
/// </summary>
public sealed partial class PipelineWorker : IAsyncDisposable
{
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(5);

    private readonly PipelinePlan _plan;
    private readonly WorkerStart _start;
    private readonly ILedger _ledger;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WorkerProgress _progress;
    private readonly BlockPool _pool;
    private readonly ErrorBudget? _budget;
    private readonly Func<PipelinePlan, IMessageSource> _createSource;
    private readonly Func<PipelinePlan, ISink> _createSink;
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _abort = new();

    // One block waits while one is written and one is read: more would be memory without speed.
    private readonly Channel<SealedBlock> _handover = Channel.CreateBounded<SealedBlock>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IMessageSource? _source;
    private IReadOnlyList<ColumnMapping> _newColumns = [];
    private bool _isStarted;

    /// <summary>Makes a worker; nothing happens before <see cref="Start"/>.</summary>
    public PipelineWorker(PipelinePlan plan, WorkerStart start, ILedger ledger, TimeProvider time, ILogger logger)
        : this(plan, start, ledger, time, logger, p => p.CreateSource(logger), p => p.CreateSink(logger))
    {
    }

    internal PipelineWorker(
        PipelinePlan plan, WorkerStart start, ILedger ledger, TimeProvider time, ILogger logger, Func<PipelinePlan, IMessageSource> createSource, Func<PipelinePlan, ISink> createSink)
    {
        _plan = plan;
        _start = start;
        _ledger = ledger;
        _time = time;
        _logger = logger;
        _createSource = createSource;
        _createSink = createSink;
        _progress = new WorkerProgress(time);
        _pool = new BlockPool(plan.Layout, maxIdle: 4);
        _budget = plan.Options.Errors.Budget is { } budget ? new ErrorBudget(budget, time) : null;
        foreach (var position in start.Positions) _progress.Moved(position.Partition, position.Offset);
    }

    /// <summary>
    /// Ends when the worker has stopped, for whatever reason; <see cref="Snapshot"/> tells which. It never fails. Its source may still be closing then, which takes
    /// librdkafka a while and nobody has to wait for: the ledger is final.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>Told when offsets were lost and it went on elsewhere: which, and where. Called by the reading thread.</summary>
    public Action<string>? OffsetsLost { get; init; }

    /// <summary>Starts the worker on a thread of its own.</summary>
    public void Start()
    {
        _isStarted = true;
        _ = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The worker as it is now.</summary>
    public WorkerSnapshot Snapshot()
    {
        // Once it has ended its source is closed, and native calls on it would fail.
        return _progress.Snapshot(_source);
    }

    /// <summary>Asks it to finish what is in hand and stop; what is not written after <see cref="DeliveryOptions.DrainTimeout"/> is left to the next start.</summary>
    public void Drain()
    {
        if (_drain.IsCancellationRequested) return;
        _progress.Enter(WorkerPhase.Draining);
        _drain.Cancel();
        _abort.CancelAfter(_plan.Options.Delivery.DrainTimeout);
    }

    /// <summary>Stops it at once. What was intended stays in the ledger.</summary>
    public void Abort()
    {
        _drain.Cancel();
        _abort.Cancel();
    }

    /// <summary>Stops it at once and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        Abort();
        if (_isStarted) await Completion;
        _drain.Dispose();
        _abort.Dispose();
    }

    private void Run()
    {
        IMessageSource? source = null;
        try
        {
            _source = source = _createSource(_plan);
            RunStages(source);
        }
        catch (Exception e)
        {
            // The last resort of a thread of ours: a bug ends this worker, never the process. Whoever owns the worker starts another.
            _progress.End(WorkerPhase.Crashed, $"{e.GetType().Name}: {e.Message}");
            LogCrashed(e, _plan.Options.Id);
        }
        finally
        {
            // What the source knows last is kept: the lag of a worker that stopped in front of a fault is of interest.
            _progress.Snapshot(source);
            _source = null;
            _pool.Dispose();
            _completion.TrySetResult();
        }

        source?.Dispose();
    }

    private void RunStages(IMessageSource source)
    {
        var sink = _createSink(_plan);
        using var bisection = _plan.Options.Errors.Policy is ErrorPolicy.Stop ? null : new Bisection(_plan, () => _createSource(_plan), _progress, _budget, _time, _logger);
        var writer = new WriteLoop(_plan, sink, _ledger, source, _handover.Reader, _progress, _time, _logger, _drain.Token)
        {
            EndWhenRefused = _start.EndWhenRefused, Bisection = bisection,
        };
        var writing = Task.Run(() => WriteAsync(writer, sink));
        string? fault = null;
        try
        {
            fault = Read(source, writer);
        }
        catch (OperationCanceledException) when (_drain.IsCancellationRequested || _abort.IsCancellationRequested)
        {
            // Told to stop while it waited for something.
        }
        catch (ChannelClosedException)
        {
            // The writing stage ended first; it says why below.
        }
        catch
        {
            Abort();
            throw;
        }
        finally
        {
            _handover.Writer.TryComplete();
            // Never two workers of a replica: this one is not over before its writing stage is.
            writing.Wait();
        }

        var ended = writing.GetAwaiter().GetResult();
        if (ended is { } end) _progress.End(end.Phase, end.Error);
        else if (fault is not null) _progress.End(WorkerPhase.Faulted, fault);
        else if (_newColumns.Count > 0) _progress.Outgrow(_newColumns);
        else _progress.End(WorkerPhase.Stopped, null);
        if (fault is not null) LogFaulted(_plan.Options.Id, fault);
        else if (_newColumns.Count > 0) LogOutgrown(_plan.Options.Id, string.Join(", ", _newColumns.Select(column => column.Name)));
    }

    private string? Read(IMessageSource source, WriteLoop writer)
    {
        using var builder = new BlockBuilder(_plan, _pool, _progress, _time, _logger) { Stop = _drain.Token };
        if (_start.Intents.Count > 0)
        {
            _progress.Enter(WorkerPhase.Recovering);
            LogRecovering(_plan.Options.Id, _start.Intents.Count);
            var recovery = new Recovery(_plan, source, builder, _progress, _time);
            if (recovery.Run(_start.Intents, HandOver, _drain.Token) is { } fault) return fault;
        }

        // Only from here on: a range that is read again was judged when it was read first, and has to be finished.
        builder.Budget = _budget;
        var positions = ResolveStarts(source, writer);
        if (!_drain.IsCancellationRequested) _progress.Enter(WorkerPhase.Running);
        var reader = new ReadLoop(_plan, source, builder, _pool, _handover.Writer, _progress, _time, OffsetsLost);
        builder.WatchFields();
        var stop = reader.Run(positions, _drain.Token, _abort.Token);
        if (!builder.HasOutgrown) return stop;
        _newColumns = builder.FindNewColumns(out var full);
        return full;
    }

    private void HandOver(SealedBlock block) => _handover.Writer.WriteAsync(block, _abort.Token).AsTask().GetAwaiter().GetResult();

    // "latest" means the end at the first start, not at each: it is looked up once and persisted before anything is read.
    private List<PartitionOffset> ResolveStarts(IMessageSource source, WriteLoop writer)
    {
        var positions = new List<PartitionOffset>();
        var resolved = new List<PartitionOffset>();
        foreach (var position in _start.Positions)
        {
            if (position.Offset >= 0)
            {
                // What was recovered from this partition comes before the position that its ledger had.
                var after = _start.Intents.Where(i => i.Range.Partition == position.Partition && !i.Aside).Select(i => i.Range.To + 1).DefaultIfEmpty(position.Offset).Max();
                positions.Add(new PartitionOffset(position.Partition, Math.Max(after, position.Offset)));
                continue;
            }

            var (first, end) = QueryBounds(source, position.Partition);
            resolved.Add(new PartitionOffset(position.Partition, _plan.Options.Source.Kafka!.Start is StartPosition.Latest && position.Offset != PartitionOffset.First ? end : first));
        }

        if (resolved.Count > 0) writer.CommitAsync(new LedgerChange { Moved = resolved }, _drain.Token).GetAwaiter().GetResult();
        foreach (var position in resolved) _progress.Moved(position.Partition, position.Offset);
        positions.AddRange(resolved);
        return positions;
    }

    private (long First, long End) QueryBounds(IMessageSource source, int partition)
    {
        var backoff = new Backoff(_plan.Options.Delivery.RetryInitial, _plan.Options.Delivery.RetryMax);
        while (true)
        {
            _drain.Token.ThrowIfCancellationRequested();
            try
            {
                var bounds = source.QueryBounds(partition, QueryTimeout);
                _progress.ReportReading(null);
                return bounds;
            }
            catch (SourceUnavailableException e)
            {
                _progress.ReportReading(e.Message);
                _drain.Token.WaitHandle.WaitOne(backoff.Next());
            }
        }
    }

    private async Task<(WorkerPhase Phase, string? Error)?> WriteAsync(WriteLoop writer, ISink sink)
    {
        try
        {
            await using (sink)
            {
                // Nothing can be intended before the sink is open, so a stop need not wait for it.
                await writer.OpenAsync(_drain.Token);
                await writer.RunAsync(_abort.Token);
            }

            return null;
        }
        catch (LedgerLostException e)
        {
            LogFenced(_plan.Options.Id, e.Message);
            return (WorkerPhase.Fenced, e.Message);
        }
        catch (RefusedException e)
        {
            return (WorkerPhase.Refused, e.Message);
        }
        catch (BudgetExceededException e)
        {
            LogFaulted(_plan.Options.Id, e.Message);
            return (WorkerPhase.Faulted, e.Message);
        }
        catch (OperationCanceledException) when (_drain.IsCancellationRequested || _abort.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            LogCrashed(e, _plan.Options.Id);
            return (WorkerPhase.Crashed, $"{e.GetType().Name}: {e.Message}");
        }
        finally
        {
            // Whatever ended this stage ends the reading one: it may be waiting for room.
            _handover.Writer.TryComplete();
            Abort();
            while (_handover.Reader.TryRead(out var left)) left.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline} writes {Count} ranges again that were in hand when the former owner ended")]
    private partial void LogRecovering(string pipeline, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline} waits for a version with columns for fields that nobody maps: {Columns}")]
    private partial void LogOutgrown(string pipeline, string columns);

    [LoggerMessage(Level = LogLevel.Error, Message = "Pipeline {Pipeline} stopped and needs a decision: {Fault}")]
    private partial void LogFaulted(string pipeline, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pipeline {Pipeline}: this worker stops, another owner has taken over: {Reason}")]
    private partial void LogFenced(string pipeline, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Pipeline {Pipeline}: the worker ended by a fault of the program; it is started again")]
    private partial void LogCrashed(Exception exception, string pipeline);
}
