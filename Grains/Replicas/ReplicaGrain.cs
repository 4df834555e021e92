using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Grains.Events;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Placement;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ClickSink.Grains.Replicas;

/// <inheritdoc cref="IReplicaGrain" />
[GrainType("clicksink.ReplicaGrain")]
[KeepAlive]
[FewestReplicas]
public sealed partial class ReplicaGrain : Grain, IReplicaGrain
{
    private static readonly TimeSpan PauseAfterCrash = TimeSpan.FromSeconds(5);

    private readonly IPersistentState<ReplicaState> _state;
    private readonly ILocalSiloDetails _silo;
    private readonly LocalReplicas _local;
    private readonly IEventLog _events;
    private readonly TimeProvider _time;
    private readonly ILogger<ReplicaGrain> _logger;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private TaskScheduler? _scheduler;
    private ReplicaLedger? _ledger;
    private PipelineWorker? _worker;
    private DateTimeOffset _workerSince;
    private long _attempt;
    private string? _planFault;

    /// <summary>Made by the runtime.</summary>
    public ReplicaGrain(
        [PersistentState("replica", StorageNames.State)] IPersistentState<ReplicaState> state, ILocalSiloDetails silo, LocalReplicas local, IEventLog events, TimeProvider time,
        ILogger<ReplicaGrain> logger)
    {
        _events = events;
        _local = local;
        _state = state;
        _silo = silo;
        _time = time;
        _logger = logger;
    }

    private string PipelineId => this.GetPrimaryKeyString()[..this.GetPrimaryKeyString().LastIndexOf('/')];

    private bool WorkerRuns => _worker is { Completion.IsCompleted: false };

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _scheduler = TaskScheduler.Current;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _local.Remove(this.GetPrimaryKeyString());
        if (_worker is not { } worker) return;
        // A silo that stops in order finishes the blocks in hand. What takes longer stays in the ledger and is written by the successor.
        worker.Drain();
        await Task.WhenAny(worker.Completion, Task.Delay(Timeout.Infinite, cancellationToken));
        _ledger!.Close();
        await worker.DisposeAsync();
        if (!_state.State.Drained) await GrainFactory.GetGrain<IPipelineGrain>(PipelineId).ReplicaLeftAsync();
    }

    /// <inheritdoc />
    public async Task<ReplicaStatus> RunAsync(ReplicaAssignment assignment, CancellationToken cancellation = default)
    {
        if (assignment.Epoch > _state.State.Epoch)
        {
            if (WorkerRuns)
            {
                _worker!.Drain();
                return Status();
            }

            await AdoptAsync(assignment, drained: false);
        }

        if (assignment.Epoch == _state.State.Epoch && !_state.State.Drained && !WorkerRuns && MayStart(assignment)) StartWorker(assignment);
        return Status();
    }

    /// <inheritdoc />
    public async Task<ReplicaStatus> DrainAsync(ReplicaAssignment assignment, CancellationToken cancellation = default)
    {
        if (WorkerRuns)
        {
            _worker!.Drain();
            return Status();
        }

        // The write is what fences: whoever still works under the former ETag fails its next one.
        if (assignment.Epoch > _state.State.Epoch) await AdoptAsync(assignment, drained: true);
        else if (!_state.State.Drained) await WriteAsync(s => s.Drained = true);
        return Status();
    }

    /// <inheritdoc />
    public async Task ForgetAsync(long epoch, CancellationToken cancellation = default)
    {
        if (WorkerRuns || epoch < _state.State.Epoch) return;
        await _state.ClearStateAsync();
        DeactivateOnIdle();
    }

    /// <inheritdoc />
    public Task<ReplicaStatus> GetStatusAsync(CancellationToken cancellation = default) => Task.FromResult(Status());

    /// <inheritdoc />
    public Task MoveAsync(string fromSilo, CancellationToken cancellation = default)
    {
        if (_silo.SiloAddress.ToString() == fromSilo) MigrateOnIdle();
        return Task.CompletedTask;
    }

    private bool MayStart(ReplicaAssignment assignment)
    {
        if (_worker is null && _planFault is null) return true;
        if (assignment.Attempt > _attempt) return true;
        return _worker?.Snapshot().Phase switch
        {
            // The end of a worker that only wrote old ranges again: the next one follows.
            WorkerPhase.Stopped or WorkerPhase.Refused => true,
            WorkerPhase.Crashed => _time.GetUtcNow() - _workerSince > PauseAfterCrash,
            _ => false,
        };
    }

    private void StartWorker(ReplicaAssignment assignment)
    {
        _attempt = assignment.Attempt;
        _planFault = null;
        var partitions = _state.State.Partitions;
        var faults = new FaultList();
        if (WorkerOrder.Make(assignment, partitions, _worker?.Snapshot().Phase is WorkerPhase.Refused, faults) is not { } order)
        {
            _planFault = $"version {assignment.Version} of the document cannot be run: {string.Join("; ", faults)}";
            LogPlanFault(this.GetPrimaryKeyString(), _planFault);
            return;
        }

        _ledger?.Close();
        _ledger = new ReplicaLedger(_state, _writing, _scheduler!, OnLost);
        _worker = new PipelineWorker(order.Plan, order.Start, _ledger, _time, _logger) { OffsetsLost = OnOffsetsLost };
        _workerSince = _time.GetUtcNow();
        LogStarted(this.GetPrimaryKeyString(), order.Plan.Version, assignment.Epoch, string.Join(",", partitions.Select(p => p.Partition)));
        _worker.Start();
        _local.Add(this.GetPrimaryKeyString());
    }

    private void OnLost()
    {
        Tell(EventKind.Fenced, "another activation has written its ledger; this worker stops, and what it had in hand counts for nothing");
        DeactivateOnIdle();
    }

    // On the worker's thread, which may do no more than tell.
    private void OnOffsetsLost(string what)
    {
        LogOffsetsLost(this.GetPrimaryKeyString(), what);
        Tell(EventKind.OffsetsLost, what);
    }

    private void Tell(EventKind kind, string detail)
    {
        var key = this.GetPrimaryKeyString();
        _events.Write(new PipelineEvent
        {
            At = _time.GetUtcNow(), Pipeline = key[..key.LastIndexOf('/')], Kind = kind, Slot = Slot(key), Silo = _silo.SiloAddress.ToString(), Detail = detail,
        });
    }

    private static int Slot(string key) => int.Parse(key[(key.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    private Task AdoptAsync(ReplicaAssignment assignment, bool drained) => WriteAsync(state =>
    {
        state.Epoch = assignment.Epoch;
        state.Drained = drained;
        state.Partitions = [.. assignment.Partitions];
    });

    // A write that fails leaves memory and store apart, so the activation ends and the next one reads what is there.
    private async Task WriteAsync(Action<ReplicaState> change)
    {
        await _writing.WaitAsync();
        try
        {
            change(_state.State);
            await _state.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    private ReplicaStatus Status()
    {
        var key = this.GetPrimaryKeyString();
        return ReplicaStatusView.Make(
            Slot(key),
            _silo.SiloAddress.ToString(), _state.State, _worker?.Snapshot(), WorkerRuns, _workerSince, _planFault);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Replica {Replica} starts version {Version}, epoch {Epoch}, partitions {Partitions}")]
    private partial void LogStarted(string replica, int version, long epoch, string partitions);

    [LoggerMessage(Level = LogLevel.Error, Message = "Replica {Replica}: {What}")]
    private partial void LogOffsetsLost(string replica, string what);

    [LoggerMessage(Level = LogLevel.Error, Message = "Replica {Replica}: {Fault}")]
    private partial void LogPlanFault(string replica, string fault);
}
