using ClickSink.Engine.Pipelines;
using ClickSink.Grains.Interfaces.Catalog;
using ClickSink.Grains.Interfaces.Pipelines;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace ClickSink.Grains.Pipelines;

/// <inheritdoc cref="IPipelineGrain" />
[GrainType("clicksink.PipelineGrain")]
[KeepAlive]
public sealed partial class PipelineGrain : Grain, IPipelineGrain, IRemindable
{
    private const string ReminderName = "reconcile";
    private static readonly TimeSpan ReconcilePeriod = TimeSpan.FromSeconds(1);

    private readonly IPersistentState<PipelineState> _state;
    private readonly TimeProvider _time;
    private readonly ILogger<PipelineGrain> _logger;
    private PipelineReconciler? _reconciler;
    private PipelineDocument? _document;
    private IGrainTimer? _timer;
    private bool _hasReminder;

    /// <summary>Made by the runtime.</summary>
    public PipelineGrain([PersistentState("pipeline", StorageNames.State)] IPersistentState<PipelineState> state, TimeProvider time, ILogger<PipelineGrain> logger)
    {
        _state = state;
        _time = time;
        _logger = logger;
    }

    private string Id => this.GetPrimaryKeyString();

    private bool Exists => _state.State.Versions.Count > 0;

    private PipelineVersion Current => _state.State.Versions[^1];

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _reconciler = new PipelineReconciler(Id, _state, GrainFactory, _time, _logger);
        if (Exists) Watch();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<ApplyResult> ApplyAsync(ApplyRequest request, CancellationToken cancellation = default)
    {
        var state = _state.State;
        var present = Exists ? Current.Number : 0;
        if (request.ExpectedVersion is { } expected && expected != present) return new ApplyResult { Outcome = ApplyOutcome.Conflict, Version = present };
        if (state.Deleting) return Refused(present, [new Fault("id", Id, "is being deleted; put it again once that is done")]);
        var faults = new FaultList();
        var document = PipelineDocument.Read(request.Document, faults, Document());
        if (document is not null && document.Options.Id != Id) faults.Add("id", document.Options.Id, $"must be '{Id}', the pipeline that it is put to");
        if (document is null || faults.Count > 0) return Refused(present, faults);

        if (!Exists) await GrainFactory.GetGrain<ICatalogGrain>(ICatalogGrain.Key).AddAsync(Id, cancellation);
        var isNew = !Exists || !document.SameContent(Document()!);
        var running = document.Options.State is DesiredState.Started;
        if (!isNew && running == state.Running && document.Options.Replicas == state.Replicas)
            return new ApplyResult { Outcome = ApplyOutcome.Unchanged, Version = present, Pipeline = View() };
        await ChangeAsync(s =>
        {
            if (s.Versions.Count == 0) s.Generation = s.Epoch = _time.GetUtcNow().ToUnixTimeMilliseconds();
            if (isNew) s.Versions = [.. s.Versions, new PipelineVersion { Number = present + 1, Document = document.ToJson(), At = _time.GetUtcNow(), By = request.By }];
            s.Running = running;
            s.Replicas = document.Options.Replicas;
            s.MaxReplicas = Math.Max(s.MaxReplicas, s.Replicas);
            s.Attempt++;
        });
        LogApplied(Id, Current.Number, request.By);
        return new ApplyResult { Outcome = present == 0 ? ApplyOutcome.Created : ApplyOutcome.Updated, Version = Current.Number, Pipeline = View() };
    }

    /// <inheritdoc />
    public Task<PipelineView?> GetAsync(CancellationToken cancellation = default) => Task.FromResult(IsThere() ? View() : null);

    /// <inheritdoc />
    public async Task<bool> SetRunningAsync(bool running, string by, CancellationToken cancellation = default)
    {
        if (!IsThere() || _state.State.Deleting) return false;
        await ChangeAsync(s =>
        {
            s.Running = running;
            // A start is also what makes a replica that stopped in front of a fault try again.
            if (running) s.Attempt++;
        });
        LogState(Id, running ? "started" : "stopped", by);
        return true;
    }

    /// <inheritdoc />
    public async Task<bool> DeleteAsync(string by, CancellationToken cancellation = default)
    {
        if (!IsThere()) return false;
        await ChangeAsync(s =>
        {
            s.Running = false;
            s.Deleting = true;
        });
        LogState(Id, "deleted", by);
        return true;
    }

    /// <inheritdoc />
    public Task<PipelineStatus?> GetStatusAsync(CancellationToken cancellation = default) => Task.FromResult(IsThere() ? _reconciler!.Status() : null);

    /// <inheritdoc />
    public Task EnsureAsync(CancellationToken cancellation = default)
    {
        // Being activated is all it takes: the timer does the rest.
        IsThere();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task ReplicaLeftAsync()
    {
        if (IsThere()) Watch();
        return Task.CompletedTask;
    }

    /// <summary>The safety net, should no supervisor be left to wake the pipeline.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) => EnsureAsync();

    private static ApplyResult Refused(int version, IEnumerable<Fault> faults) => new()
    {
        Outcome = ApplyOutcome.Refused,
        Version = version,
        Faults = [.. faults.Select(f => new DocumentFault { Path = f.Path, Value = f.Value, Rule = f.Rule })],
    };

    // An activation is kept alive, so one for an id that does not exist must end: whoever asks for made-up ids would fill the memory.
    private bool IsThere()
    {
        if (!Exists) DeactivateOnIdle();
        return Exists;
    }

    private void Watch()
    {
        if (_timer is null) _timer = this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(TimeSpan.Zero, ReconcilePeriod) { KeepAlive = true });
        else _timer.Change(TimeSpan.Zero, ReconcilePeriod);
    }

    private async Task TickAsync(CancellationToken cancellation)
    {
        try
        {
            await KeepReminderAsync();
            await _reconciler!.ReconcileAsync(cancellation);
            if (!_reconciler.IsDeleted) return;
            await GrainFactory.GetGrain<ICatalogGrain>(ICatalogGrain.Key).RemoveAsync(Id, cancellation);
            if (await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
            await _state.ClearStateAsync();
            DeactivateOnIdle();
        }
        catch (InconsistentStateException)
        {
            // Another activation has written: this one is the stale one.
            DeactivateOnIdle();
            throw;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next tick tries again; the status keeps what is wrong.
            _reconciler!.Trouble = $"the pipeline cannot be looked after: {e.Message}";
            LogTickFailed(e, Id);
        }
    }

    private async Task KeepReminderAsync()
    {
        if (_hasReminder) return;
        await this.RegisterOrUpdateReminder(ReminderName, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        _hasReminder = true;
    }

    // Memory and store stay together: the change is made on a copy of what differs, and undone by ending the activation when it cannot be stored.
    private async Task ChangeAsync(Action<PipelineState> change)
    {
        try
        {
            change(_state.State);
            await _state.WriteStateAsync();
            _document = null;
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        Watch();
    }

    private PipelineDocument? Document()
    {
        if (!Exists) return null;
        var faults = new FaultList();
        // A document of an earlier release may break a rule of this one; then there is nothing to compare with or to take secrets from.
        return _document ??= PipelineDocument.Read(Current.Document, faults);
    }

    private PipelineView View()
    {
        var state = _state.State.Running ? DesiredState.Started : DesiredState.Stopped;
        return new PipelineView
        {
            Id = Id,
            Document = Document()?.ToPublicJson(state, _state.State.Replicas) ?? "{}",
            Version = Current.Number,
            At = Current.At,
            By = Current.By,
            Running = _state.State.Running,
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline}: version {Version} was put in place by {By}")]
    private partial void LogApplied(string pipeline, int version, string by);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline} was {State} by {By}")]
    private partial void LogState(string pipeline, string state, string by);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pipeline {Pipeline} cannot be looked after now; it is tried again in a second")]
    private partial void LogTickFailed(Exception exception, string pipeline);
}
