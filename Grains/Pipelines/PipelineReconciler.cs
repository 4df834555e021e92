using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources;
using ClickSink.Grains.Events;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace ClickSink.Grains.Pipelines;

/// <summary>
/// Brings the replicas of one pipeline to what is wanted, a step a tick: drain what does not fit, then hand every partition out under a new epoch. Each step is
/// persisted before it is acted upon and may be repeated, so it does not matter where a silo dies.
/// </summary>
internal sealed partial class PipelineReconciler
{
    private readonly string _id;
    private readonly IPersistentState<PipelineState> _state;
    private readonly IGrainFactory _grains;
    private readonly ILogger _logger;
    private readonly PartitionWatch _partitions;
    private readonly EventReporter _events;
    private readonly RewindStep _rewind;
    private readonly SortedDictionary<int, ReplicaStatus> _replicas = [];
    private PipelineVersion? _read;
    private PipelineOptions? _options;

    public PipelineReconciler(
        string id, IPersistentState<PipelineState> state, IGrainFactory grains, EventReporter events, PipelineSettings settings, TimeProvider time, ILogger logger)
    {
        _id = id;
        _state = state;
        _grains = grains;
        _events = events;
        _logger = logger;
        _partitions = new PartitionWatch(time, settings.PartitionRefresh);
        _rewind = new RewindStep(state, events, time);
    }

    /// <summary>Whether everything is drained of a pipeline that is to be forgotten.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>What keeps the pipeline itself, not a replica, from going on; null when nothing does.</summary>
    public string? Trouble { get; set; }

    private PipelineState State => _state.State;

    private PipelineVersion Current => State.Versions[^1];

    /// <summary>One step towards what is wanted.</summary>
    public async Task ReconcileAsync(CancellationToken cancellation)
    {
        if (State.Versions.Count == 0) return;
        Trouble = null;
        var isWanted = State.Running && !State.Deleting;
        if (isWanted) await _partitions.RefreshAsync(OptionsOf(Current));
        if (State.Assignment is { } assignment)
        {
            if (isWanted && State.Rewind is null && Fits(assignment))
            {
                await RunAsync(assignment, cancellation);
                return;
            }

            if (!await DrainAsync(assignment, cancellation)) return;
        }

        if (State.Deleting) IsDeleted = await ForgetAsync(cancellation);
        else if (State.Rewind is not null) await _rewind.TakeAsync(OptionsOf(Current), Current.Number);
        if (isWanted && State.Rewind is null) await AssignAsync(cancellation);
    }

    /// <summary>The pipeline as its replicas were seen last.</summary>
    public PipelineStatus Status() => PipelineStatusView.Make(_id, State, _replicas.Values, TroubleNow());

    /// <summary>The replicas as they were seen last.</summary>
    public IReadOnlyCollection<ReplicaStatus> Replicas => _replicas.Values;

    /// <summary>How far each partition is, as far as is known.</summary>
    public IReadOnlyList<PartitionProgress> Progress() => State.Assignment is null ? State.Positions : [.. _replicas.Values.SelectMany(r => r.Partitions)];

    /// <summary>Tells the events of the tick that ended.</summary>
    public void Report() => _events.SeeTrouble(TroubleNow());

    private string? TroubleNow() => Trouble ?? _rewind.Trouble ?? (State.Running && State.Assignment is null ? _partitions.Trouble : null);

    private bool Fits(PipelineAssignment assignment) =>
        assignment.Version == Current.Number && assignment.Replicas == State.Replicas && (_partitions.Known is not { } known || known.SequenceEqual(assignment.AllPartitions()));

    // Every slot is drained and its ledger taken over before any partition is handed out again: a partition is never in two hands.
    private async Task<bool> DrainAsync(PipelineAssignment assignment, CancellationToken cancellation)
    {
        await Task.WhenAll(assignment.Slots.Select(slot => AskAsync(slot, replica => replica.DrainAsync(Order(slot, assignment), cancellation))));
        var left = assignment.Slots.Select(slot => _replicas.GetValueOrDefault(slot.Slot)).ToList();
        if (!left.TrueForAll(status => status is { Drained: true } && status.Epoch == State.Epoch)) return false;
        var kept = State.Positions.ToDictionary(p => p.Partition);
        foreach (var progress in left.SelectMany(status => status!.Partitions)) kept[progress.Partition] = progress with { EndOffset = -1 };
        State.Positions = [.. kept.Values.OrderBy(p => p.Partition)];
        State.Assignment = null;
        await _state.WriteStateAsync();
        _replicas.Clear();
        _events.Drained(goesOn: State.Running);
        return true;
    }

    private async Task AssignAsync(CancellationToken cancellation)
    {
        if (_partitions.Known is not { Count: > 0 } partitions) return;
        var positions = State.Positions.ToDictionary(p => p.Partition);
        // All of a partition that was added is new, whatever source.kafka.start says about those that were there at first.
        var begin = positions.Count == 0 ? -1 : PartitionOffset.First;
        var slots = Enumerable.Range(0, Math.Min(State.Replicas, partitions.Count)).Select(slot => new SlotAssignment { Slot = slot }).ToList();
        for (var i = 0; i < partitions.Count; i++)
            slots[i % slots.Count].Partitions.Add(positions.GetValueOrDefault(partitions[i]) ?? new PartitionProgress { Partition = partitions[i], NextOffset = begin, EndOffset = -1 });
        State.Epoch++;
        // Each replica has a new order, so one that stopped in front of a fault tries again.
        State.Attempt++;
        State.Assignment = new PipelineAssignment { Version = Current.Number, Replicas = State.Replicas, Slots = slots };
        await _state.WriteStateAsync();
        LogAssigned(_id, State.Epoch, partitions.Count, slots.Count);
        _events.Assigned(slots.Count, $"epoch {State.Epoch}: {partitions.Count} partitions, {slots.Count} replicas");
        await RunAsync(State.Assignment, cancellation);
    }

    private async Task RunAsync(PipelineAssignment assignment, CancellationToken cancellation)
    {
        await Task.WhenAll(assignment.Slots.Select(slot => AskAsync(slot, replica => RunAsync(replica, slot, assignment, cancellation))));
        var hasMoved = false;
        foreach (var slot in assignment.Slots)
        {
            var status = _replicas[slot.Slot];
            if (!_events.Knows(slot.Slot) && slot.Silo.Length > 0)
                _events.Recall(slot.Slot, slot.Silo, status.Silo != slot.Silo && await SiloDeaths.WasDeclaredDeadAsync(_grains, slot.Silo));
            _events.See(status);
            if (status.IsAway || status.Silo == slot.Silo) continue;
            slot.Silo = status.Silo;
            hasMoved = true;
        }

        if (hasMoved) await _state.WriteStateAsync();
    }

    // A replica that works is only looked at: its order, with the documents in it, need not travel each second.
    private async Task<ReplicaStatus> RunAsync(IReplicaGrain replica, SlotAssignment slot, PipelineAssignment assignment, CancellationToken cancellation)
    {
        if (Works(_replicas.GetValueOrDefault(slot.Slot)))
        {
            var status = await replica.GetStatusAsync(cancellation);
            if (Works(status)) return status;
        }

        return await replica.RunAsync(Order(slot, assignment), cancellation);
    }

    private bool Works(ReplicaStatus? status) => status is { IsAway: false, Drained: false, Since: not null } && status.Epoch == State.Epoch;

    private async Task AskAsync(SlotAssignment slot, Func<IReplicaGrain, Task<ReplicaStatus>> ask)
    {
        try
        {
            _replicas[slot.Slot] = await ask(Replica(slot.Slot));
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or InconsistentStateException)
        {
            // Its silo is gone or it is between two silos. The next tick finds it again, elsewhere if need be.
            var last = _replicas.GetValueOrDefault(slot.Slot) ?? new ReplicaStatus { Slot = slot.Slot };
            _replicas[slot.Slot] = last with { Phase = PipelinePhase.Starting, Error = $"replica {slot.Slot} does not answer: {e.Message}", RowsPerSecond = 0, Drained = false, IsAway = true };
            LogReplicaAway(_id, slot.Slot, e.Message);
        }
    }

    private ReplicaAssignment Order(SlotAssignment slot, PipelineAssignment assignment)
    {
        var versions = slot.Partitions.SelectMany(p => p.Intents).Select(i => i.Version).Append(assignment.Version).ToHashSet();
        return new ReplicaAssignment
        {
            Epoch = State.Epoch,
            Generation = State.Generation,
            Version = assignment.Version,
            Documents = State.Versions.Where(v => versions.Contains(v.Number)).ToDictionary(v => v.Number, v => v.Document),
            Partitions = [.. slot.Partitions],
            Attempt = State.Attempt,
        };
    }

    private async Task<bool> ForgetAsync(CancellationToken cancellation)
    {
        // Slots above the present number of replicas may have ledgers from before a scale-down.
        for (var slot = 0; slot < State.MaxReplicas; slot++) await Replica(slot).ForgetAsync(State.Epoch, cancellation);
        return true;
    }

    private IReplicaGrain Replica(int slot) => _grains.GetGrain<IReplicaGrain>($"{_id}/{slot}");

    // A document is read once and not each second: of many idle pipelines that would be most of the work.
    private PipelineOptions OptionsOf(PipelineVersion version)
    {
        if (_options is not null && ReferenceEquals(_read, version)) return _options;
        var faults = new FaultList();
        _options = PipelineDocument.Read(version.Document, faults)?.Options
            ?? throw new InvalidOperationException($"version {version.Number} of the document breaks a rule of this release: {string.Join("; ", faults)}. Put a corrected one in place");
        _read = version;
        return _options;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline}, epoch {Epoch}: {Partitions} partitions are shared by {Replicas} replicas")]
    private partial void LogAssigned(string pipeline, long epoch, int partitions, int replicas);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pipeline {Pipeline}: replica {Slot} does not answer: {Error}. It is asked again in a second")]
    private partial void LogReplicaAway(string pipeline, int slot, string error);
}
