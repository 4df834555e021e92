using ClickSink.Engine.Pipelines;
using ClickSink.Grains.Events;
using ClickSink.Grains.Interfaces.Catalog;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Rewinds;
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
    private readonly IEventLog _log;
    private readonly PipelineSettings _settings;
    private readonly ILogger<PipelineGrain> _logger;
    private PipelineReconciler? _reconciler;
    private EventReporter? _events;
    private PipelineDocument? _document;
    private IGrainTimer? _timer;
    private bool _hasReminder;

    /// <summary>Made by the runtime.</summary>
    public PipelineGrain(
        [PersistentState("pipeline", StorageNames.State)] IPersistentState<PipelineState> state, IEventLog log, PipelineSettings settings, TimeProvider time, ILogger<PipelineGrain> logger)
    {
        _state = state;
        _log = log;
        _settings = settings;
        _time = time;
        _logger = logger;
    }

    private string Id => this.GetPrimaryKeyString();

    private bool Exists => _state.State.Versions.Count > 0;

    private PipelineVersion Current => _state.State.Versions[^1];

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _events = new EventReporter(Id, _log, _time);
        _reconciler = new PipelineReconciler(Id, _state, GrainFactory, _events, _settings, _time, _logger);
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
        if (document is not null && Document()?.Options.Source.Kafka!.Topic is { } topic && document.Options.Source.Kafka!.Topic != topic)
            faults.Add("source.kafka.topic", document.Options.Source.Kafka.Topic, $"must stay '{topic}': progress is counted in its offsets. Make another pipeline for this topic, or delete this one first");
        if (document is null || faults.Count > 0) return Refused(present, faults);

        if (!Exists) await GrainFactory.GetGrain<ICatalogGrain>(ICatalogGrain.Key).AddAsync(Id, cancellation);
        var isNew = !Exists || !document.SameContent(Document()!);
        var wanted = document.Options.State.ToWanted();
        if (!isNew && wanted == state.Wanted && document.Options.Replicas == state.Replicas)
            return new ApplyResult { Outcome = ApplyOutcome.Unchanged, Version = present, Pipeline = View() };
        var (formerly, replicas) = (state.Wanted, state.Replicas);
        await ChangeAsync(s =>
        {
            if (s.Versions.Count == 0) s.Generation = s.Epoch = _time.GetUtcNow().ToUnixTimeMilliseconds();
            if (isNew) s.Versions = [.. s.Versions, new PipelineVersion { Number = present + 1, Document = document.ToJson(), At = _time.GetUtcNow(), By = request.By }];
            s.Running = wanted is WantedState.Started;
            s.Paused = wanted is WantedState.Paused;
            s.Replicas = document.Options.Replicas;
            s.MaxReplicas = Math.Max(s.MaxReplicas, s.Replicas);
            s.Attempt++;
        });
        LogApplied(Id, Current.Number, request.By);
        if (isNew) _events!.Did(present == 0 ? EventKind.Created : EventKind.Updated, request.By, $"version {Current.Number}");
        if (present > 0 && wanted != formerly) TellState(wanted, formerly, request.By);
        if (present > 0 && replicas != state.Replicas) TellScaled(replicas, request.By);
        return new ApplyResult { Outcome = present == 0 ? ApplyOutcome.Created : ApplyOutcome.Updated, Version = Current.Number, Pipeline = View() };
    }

    /// <inheritdoc />
    public Task<PipelineView?> GetAsync(CancellationToken cancellation = default) => Task.FromResult(IsThere() ? View() : null);

    /// <inheritdoc />
    public Task<StoredDocument?> GetStoredAsync(int version = 0, CancellationToken cancellation = default)
    {
        if (!IsThere() || _state.State.Deleting) return Task.FromResult<StoredDocument?>(null);
        var found = _state.State.Versions.Find(v => v.Number == (version == 0 ? Current.Number : version));
        return Task.FromResult(found is null ? null : new StoredDocument { Version = found.Number, Document = found.Document, PresentVersion = Current.Number });
    }

    /// <inheritdoc />
    public async Task<bool> SetStateAsync(WantedState wanted, string by, CancellationToken cancellation = default)
    {
        if (!IsThere() || _state.State.Deleting) return false;
        var formerly = _state.State.Wanted;
        await ChangeAsync(s =>
        {
            s.Running = wanted is WantedState.Started;
            s.Paused = wanted is WantedState.Paused;
            // A start is also what makes a replica that stopped in front of a fault try again.
            if (s.Running) s.Attempt++;
        });
        LogState(Id, wanted.ToString().ToLowerInvariant(), by);
        TellState(wanted, formerly, by);
        return true;
    }

    /// <inheritdoc />
    public async Task<bool> SetReplicasAsync(int replicas, string by, CancellationToken cancellation = default)
    {
        if (!IsThere() || _state.State.Deleting) return false;
        var formerly = _state.State.Replicas;
        if (replicas == formerly) return true;
        await ChangeAsync(s =>
        {
            s.Replicas = replicas;
            s.MaxReplicas = Math.Max(s.MaxReplicas, replicas);
        });
        TellScaled(formerly, by);
        return true;
    }

    /// <inheritdoc />
    public async Task<RewindResult> RewindAsync(RewindRequest request, CancellationToken cancellation = default)
    {
        if (!IsThere() || _state.State.Deleting) return new RewindResult { Outcome = RewindOutcome.NotFound };
        if (Document()?.Options is not { } options)
            return new RewindResult { Outcome = RewindOutcome.Conflict, Message = $"The document of '{Id}' breaks a rule of this release; put a corrected one in place first." };
        var result = await RewindIntake.DecideAsync(request, _state.State, options, _reconciler!.Progress());
        if (result.Outcome is not RewindOutcome.Accepted) return result;
        await ChangeAsync(s => s.Rewind = request);
        LogRewind(Id, request.Describe(), request.By);
        _events!.Did(EventKind.RewindRequested, request.By, request.Describe() + (request.Force ? ", forced" : "") + (request.DiscardIntents ? ", open ranges given up" : ""));
        return result;
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
        _events!.Did(EventKind.Deleted, by);
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
            await GrowAsync();
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

        if (Exists) _reconciler.Report();
    }

    // Replicas that stopped in front of fields without a column get a version that has them. It takes over as any edit does: what was begun is finished first.
    private async Task GrowAsync()
    {
        if (!_state.State.Running || _state.State.Deleting || _reconciler!.Replicas.All(replica => replica.NewColumns.Length == 0)) return;
        if (Document() is not { } document) return;
        var columns = ColumnGrowth.Decide(document.Options.Mapping, _reconciler.Replicas);
        if (columns.Count == 0) return;
        const string By = "schema change";
        var text = document.WithColumns(columns);
        await ChangeAsync(s =>
        {
            s.Versions = [.. s.Versions, new PipelineVersion { Number = Current.Number + 1, Document = text, At = _time.GetUtcNow(), By = By }];
            s.Attempt++;
        });
        LogApplied(Id, Current.Number, By);
        _events!.Happened(EventKind.ColumnsAdded, $"version {Current.Number}: {ColumnGrowth.Describe(columns)}");
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
        return new PipelineView
        {
            Id = Id,
            Document = Document()?.ToPublicJson(_state.State.Wanted.ToDesired(), _state.State.Replicas) ?? "{}",
            Version = Current.Number,
            At = Current.At,
            By = Current.By,
            Running = _state.State.Running,
            Wanted = _state.State.Wanted,
        };
    }

    private void TellState(WantedState wanted, WantedState formerly, string by) => _events!.Did(
        wanted switch
        {
            WantedState.Started => formerly is WantedState.Paused ? EventKind.Resumed : EventKind.Started,
            WantedState.Paused => EventKind.Paused,
            _ => EventKind.Stopped,
        },
        by);

    private void TellScaled(int formerly, string by) => _events!.Did(EventKind.Scaled, by, $"from {formerly} to {_state.State.Replicas} replicas");

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline}: version {Version} was put in place by {By}")]
    private partial void LogApplied(string pipeline, int version, string by);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline} was {State} by {By}")]
    private partial void LogState(string pipeline, string state, string by);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline}: a rewind {Rewind} was asked for by {By}")]
    private partial void LogRewind(string pipeline, string rewind, string by);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pipeline {Pipeline} cannot be looked after now; it is tried again in a second")]
    private partial void LogTickFailed(Exception exception, string pipeline);
}
