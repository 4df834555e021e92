using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Grains.Events;
using ClickSink.Grains.Interfaces.DeadLetters;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Grains.Interfaces.Pipelines;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace ClickSink.Grains.DeadLetters;

/// <inheritdoc cref="IDeadLetterReplayGrain" />
[GrainType("clicksink.DeadLetterReplayGrain")]
[KeepAlive]
public sealed partial class DeadLetterReplayGrain : Grain, IDeadLetterReplayGrain, IRemindable, IReplayBook
{
    private const string ReminderName = "replay";

    private readonly IPersistentState<ReplayState> _state;
    private readonly IEventLog _events;
    private readonly TimeProvider _time;
    private readonly ILogger<DeadLetterReplayGrain> _logger;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private TaskScheduler? _scheduler;
    private ReplayRunner? _runner;
    private Task _running = Task.CompletedTask;

    /// <summary>Made by the runtime.</summary>
    public DeadLetterReplayGrain(
        [PersistentState("replay", StorageNames.State)] IPersistentState<ReplayState> state, IEventLog events, TimeProvider time, ILogger<DeadLetterReplayGrain> logger)
    {
        _state = state;
        _events = events;
        _time = time;
        _logger = logger;
    }

    ReplayState IReplayBook.State => _state.State;

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _scheduler = TaskScheduler.Current;
        if (_state.State.IsOpen) Run();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_running, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<ReplayResult> StartAsync(ReplayRequest request, CancellationToken cancellation = default)
    {
        if (_state.State.IsOpen) return Conflict($"Replay {_state.State.Job} by {_state.State.By} is under way; wait for its end (GET /api/pipelines/{Id}/dead-letters/replay), or cancel it.");
        if (await GrainFactory.GetGrain<IPipelineGrain>(Id).GetStoredAsync(0, cancellation) is not { } stored)
        {
            DeactivateOnIdle();
            return new ReplayResult { Outcome = ReplayOutcome.NotFound };
        }

        if (PipelineDocument.Read(stored.Document, new FaultList()) is not { } document)
            return Conflict($"The document of '{Id}' breaks a rule of this release; put a corrected one in place first.");
        if (document.Options.Errors.DeadLetters is { Table: null, Topic: not null })
            return Conflict($"Pipeline '{Id}' keeps its dead letters in a Kafka topic only; what is in a table (errors.deadLetters.table) can be replayed.");
        await this.RegisterOrUpdateReminder(ReminderName, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await CommitInTurnAsync(
            _ => new ReplayState
            {
                Job = $"{Guid.NewGuid():n}"[..12],
                Phase = ReplayPhase.Running,
                Selection = request.Selection,
                AsOf = _time.GetUtcNow(),
                By = request.By,
            },
            cancellation);
        Tell(EventKind.ReplayBegan, request.By, $"{_state.State.Job}: {request.Selection.Describe()}");
        Run();
        return new ReplayResult { Outcome = ReplayOutcome.Accepted, Message = $"Replay {_state.State.Job} of {request.Selection.Describe()} has begun, with version {stored.Version} of the document.", Replay = Status() };
    }

    /// <inheritdoc />
    public Task<ReplayStatus?> GetStatusAsync(CancellationToken cancellation = default)
    {
        // An activation is kept alive, so one that has nothing to do must end: whoever asks for made-up ids would fill the memory.
        if (!_state.State.IsOpen) DeactivateOnIdle();
        return Task.FromResult(_state.State.Phase is ReplayPhase.None ? null : Status());
    }

    /// <inheritdoc />
    public async Task<bool> CancelAsync(string by, CancellationToken cancellation = default)
    {
        if (!_state.State.IsOpen) return false;
        await CommitInTurnAsync(s => s.IsOpen ? s with { Phase = ReplayPhase.Cancelling } : s, cancellation);
        LogCancelled(Id, _state.State.Job, by);
        return true;
    }

    /// <summary>The safety net after a silo is gone: being activated is all it takes.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_state.State.IsOpen) return;
        await ForgetReminderAsync();
        DeactivateOnIdle();
    }

    Task IReplayBook.CommitAsync(Func<ReplayState, ReplayState> change, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => CommitInTurnAsync(change, cancellation), cancellation, TaskCreationOptions.DenyChildAttach, _scheduler!).Unwrap();

    private static ReplayResult Conflict(string message) => new() { Outcome = ReplayOutcome.Conflict, Message = message };

    private void Run()
    {
        // The runner of a replay that is over may still be closing its connections.
        var former = _running;
        var pipeline = GrainFactory.GetGrain<IPipelineGrain>(Id);
        var runner = _runner = new ReplayRunner(
            Id, this, (version, cancellation) => pipeline.GetStoredAsync(version, cancellation), _time, _logger);
        LogRuns(Id, _state.State.Job);
        _running = Task.Run(async () =>
        {
            await former;
            await runner.RunAsync(_stop.Token);
        });
    }

    // A write that fails leaves what is in memory as it was; one that finds another activation's write ends this one.
    private async Task CommitInTurnAsync(Func<ReplayState, ReplayState> change, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var before = _state.State;
            var after = change(before);
            if (ReferenceEquals(after, before)) return;
            _state.State = after;
            try
            {
                await _state.WriteStateAsync();
            }
            catch (InconsistentStateException e)
            {
                DeactivateOnIdle();
                throw new LedgerLostException("the replay was gone on with by another activation", e);
            }
            catch (Exception e)
            {
                _state.State = before;
                throw new LedgerUnavailableException($"the progress of the replay cannot be stored in PostgreSQL: {e.Message}", e);
            }

            if (before.IsOpen && !after.IsOpen) await EndedAsync(after);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task EndedAsync(ReplayState state)
    {
        var detail = $"{state.Job}: {state.Replayed} replayed, {state.Rejected} rejected again{(state.Phase is ReplayPhase.Done ? "" : "; it was ended before it was done")}";
        Tell(EventKind.ReplayEnded, null, detail);
        LogEnded(Id, detail);
        try
        {
            await ForgetReminderAsync();
        }
        catch (Exception e)
        {
            // The reminder finds nothing to do, then, and forgets itself.
            LogReminder(Id, e.Message);
        }
    }

    private async Task ForgetReminderAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }

    private ReplayStatus Status()
    {
        var state = _state.State;
        return new ReplayStatus
        {
            Job = state.Job,
            Phase = state.Phase,
            Selection = state.Selection ?? new DeadLetterSelection(),
            By = state.By,
            AsOf = state.AsOf,
            EndedAt = state.EndedAt,
            Replayed = state.Replayed,
            Rejected = state.Rejected, InHand = state.Keys.Count, Error = state.IsOpen ? _runner?.Error : null,
        };
    }

    private void Tell(EventKind kind, string? by, string detail) =>
        _events.Write(new PipelineEvent { At = _time.GetUtcNow(), Pipeline = Id, Kind = kind, By = by, Detail = detail });

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline}: replay {Job} of dead letters runs")]
    private partial void LogRuns(string pipeline, string job);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline}: replay {Job} of dead letters is ended by {By}")]
    private partial void LogCancelled(string pipeline, string job, string by);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline}: replay of dead letters ended: {Detail}")]
    private partial void LogEnded(string pipeline, string detail);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Pipeline {Pipeline}: the reminder of a replay stays until its next turn: {Error}")]
    private partial void LogReminder(string pipeline, string error);
}
