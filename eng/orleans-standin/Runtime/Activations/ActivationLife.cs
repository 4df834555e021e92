using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Standin.Calls;

namespace Orleans.Standin.Runtime;

/// <summary>How an activation starts and ends.</summary>
internal sealed partial class Activation
{
    /// <summary>Starts it. Calls wait in its queue meanwhile.</summary>
    public void Start() => _ = _turns.StartAsync(ActivateAsync);

    /// <summary>Ends it before it was started: calls that found it meanwhile go elsewhere.</summary>
    public void Refuse() => _ = EndAsync(CallResponse.Moved);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_deactivation is not null || _state == ActivationState.Ended)
                return;
            _deactivation = deactivationReason;
            if (_state == ActivationState.Activating)
                return;
            BeginDeactivation();
        }

        _ = DeactivateAsync(deactivationReason, cancellationToken);
    }

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        _ = MigrateAsync(cancellationToken);

    private async Task ActivateAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(_silo.Collection.ActivationTimeout);
            var (instance, states) = ActivationScope.Construct(this, () => Class.Construct(this));
            GrainInstance = instance;
            if (await _silo.Locator.RegisterAsync(this) is { } winner)
            {
                LogDuplicate(_silo.Logger, GrainId.ToString(), winner.ToString());
                await EndAsync(CallResponse.Moved);
                return;
            }

            await ReadAndActivateAsync((IGrainBase)instance, states, timeout.Token);
        }
        catch (Exception exception)
        {
            LogActivationFailed(_silo.Logger, exception, GrainId.ToString());
            await UnregisterAsync();
            await EndAsync(CallResponse.OfError(exception));
            return;
        }

        DeactivationReason? meanwhile;
        lock (_lock)
        {
            _state = ActivationState.Active;
            meanwhile = _deactivation;
            if (meanwhile is not null)
                BeginDeactivation();
        }

        if (meanwhile is { } reason)
            _ = DeactivateAsync(reason, CancellationToken.None);
        else
            RunWhatMayRun();
    }

    private async Task ReadAndActivateAsync(IGrainBase grain, IReadOnlyList<Orleans.Core.IStorage> states, CancellationToken timeout)
    {
        try
        {
            foreach (var state in states)
                await state.ReadStateAsync(timeout);
            await grain.OnActivateAsync(timeout).WaitAsync(timeout);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"{GrainId} was not active within GrainCollectionOptions.ActivationTimeout, {_silo.Collection.ActivationTimeout}.", exception);
        }
    }

    private void BeginDeactivation()
    {
        _state = ActivationState.Deactivating;
        if (!_queue.IsRunning)
            _drained.TrySetResult();
    }

    private async Task DeactivateAsync(DeactivationReason reason, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(_silo.Collection.DeactivationTimeout);
        try
        {
            StopTimers();

            // A call that does not end in time must not keep the grain from being told.
            await _drained.Task.WaitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _turns.StartAsync(() => ((IGrainBase)GrainInstance!).OnDeactivateAsync(reason, timeout.Token)).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(_silo.Logger, exception, GrainId.ToString());
        }

        await UnregisterAsync();
        await EndAsync(CallResponse.Moved);
    }

    private async Task MigrateAsync(CancellationToken cancellation)
    {
        try
        {
            var target = await _silo.Placement.ChooseAsync(GrainId, Class, default);
            if (target.Equals(_silo.Address))
                return;

            Deactivate(new DeactivationReason(DeactivationReasonCode.Migrating, $"It moves to {target}."), cancellation);
            await Deactivated;
            await _silo.Control(target).Activate(GrainId);
        }
        catch (Exception exception)
        {
            // The next call starts the grain where its placement wants it.
            LogMigrationFailed(_silo.Logger, exception, GrainId.ToString());
        }
    }

    private async Task UnregisterAsync()
    {
        try
        {
            await _silo.Locator.UnregisterAsync(this);
        }
        catch (Exception exception)
        {
            // The row names an activation that this silo no longer has: the next one here, or after this silo's death, replaces it.
            LogUnregisterFailed(_silo.Logger, exception, GrainId.ToString());
        }
    }

    private async Task EndAsync(CallResponse answerToWaiting)
    {
        // Out of the table first: a call that found an ended activation there would be sent round for nothing.
        _silo.Activations.Remove(this);
        List<PendingCall> waiting;
        lock (_lock)
        {
            _state = ActivationState.Ended;
            waiting = _queue.TakeWaiting();
        }

        StopTimers();
        _ended.TrySetResult();
        foreach (var call in waiting)
            call.Complete(answerToWaiting);
        await DisposeAsync();
    }

    private async Task DisposeAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (GrainInstance as IDisposable)?.Dispose();
            await _scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(_silo.Logger, exception, GrainId.ToString());
        }
    }

    private void StopTimers()
    {
        List<GrainTimer> timers;
        lock (_lock)
            timers = [.. _timers];
        timers.ForEach(timer => timer.Dispose());
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Grain} is already active in {Silo}: its calls go there")]
    private static partial void LogDuplicate(ILogger logger, string grain, string silo);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Grain} could not be activated: its waiting calls fail with this error")]
    private static partial void LogActivationFailed(ILogger logger, Exception exception, string grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Grain} did not deactivate in order; the activation ends all the same")]
    private static partial void LogDeactivationFailed(ILogger logger, Exception exception, string grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Grain} could not be started on the silo that it moves to; the next call starts it")]
    private static partial void LogMigrationFailed(ILogger logger, Exception exception, string grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Grain} could not be taken out of the directory")]
    private static partial void LogUnregisterFailed(ILogger logger, Exception exception, string grain);
}
