using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Calls;
using Orleans.Storage;

namespace Orleans.Standin.Runtime;

/// <summary>A grain that lives in this silo, from the call that starts it until it is deactivated.</summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Lock _lock = new();
    private readonly CallQueue _queue = new();
    private readonly TurnScheduler _turns = new();
    private readonly List<GrainTimer> _timers = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AsyncServiceScope _scope;
    private readonly ActivationServices _silo;
    private ActivationState _state = ActivationState.Activating;
    private DeactivationReason? _deactivation;
    private long _lastUsed;
    private DateTimeOffset _keepUntil;

    public Activation(GrainId grainId, GrainClass grainClass, ActivationServices silo)
    {
        (GrainId, Class, _silo) = (grainId, grainClass, silo);
        _scope = silo.Services.CreateAsyncScope();
        _lastUsed = silo.Time.GetTimestamp();
    }

    public GrainId GrainId { get; }

    public GrainClass Class { get; }

    public Guid Id { get; } = Guid.NewGuid();

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public Task Deactivated => _ended.Task;

    /// <summary>Queues a call.</summary>
    public Task<CallResponse> Enqueue(CallRequest request, CancellationToken cancellation)
    {
        var method = GrainInterfaceTable.Find(request.InterfaceName, request.MethodName);
        return Enqueue(new PendingCall(
            () => ExecuteAsync(request, method, cancellation),
            method.IsReadOnly,
            method.AlwaysInterleaves || Class.IsReentrant,
            KeepsAlive: true));
    }

    /// <summary>Queues a call or a tick. After the end of the activation it is answered with <see cref="CallResponse.Moved"/>.</summary>
    public Task<CallResponse> Enqueue(PendingCall call)
    {
        lock (_lock)
        {
            if (_state == ActivationState.Ended)
                return Task.FromResult(CallResponse.Moved);
            _queue.Add(call);
        }

        RunWhatMayRun();
        return call.Completed;
    }

    public IGrainTimer StartTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new GrainTimer(this, callback, options, _silo.Time, _silo.Logger);
        lock (_lock)
            _timers.Add(timer);
        return timer;
    }

    public void OnTimerDisposed(GrainTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    public void DelayDeactivation(TimeSpan wish)
    {
        lock (_lock)
            _keepUntil = wish == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : _silo.Time.GetUtcNow() + wish;
    }

    /// <summary>Whether nobody has used it for its collection age, and nothing keeps it.</summary>
    public bool IsCollectable(GrainCollectionOptions options)
    {
        var age = options.ClassSpecificCollectionAge.GetValueOrDefault(Class.Type.FullName!, options.CollectionAge);
        lock (_lock)
        {
            return _state == ActivationState.Active && !Class.IsKeptAlive && _queue.IsEmpty
                && _silo.Time.GetUtcNow() >= _keepUntil && _silo.Time.GetElapsedTime(_lastUsed) >= age;
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"{GrainId} ({_state})";

    private async Task<CallResponse> ExecuteAsync(CallRequest request, GrainMethod method, CancellationToken cancellation)
    {
        try
        {
            var arguments = request.ArgumentsFor(method, _silo.Serializer);
            var result = await method.InvokeAsync(GrainInstance!, arguments, cancellation);
            return CallResponse.OfResult(result, method, _silo.Serializer);
        }
        catch (Exception exception)
        {
            if (method.IsOneWay)
                LogOneWayFailed(_silo.Logger, exception, request.ToString());
            if (exception is InconsistentStateException { IsSourceActivation: true } lost)
            {
                // Its state is no longer what storage has: the next call starts from storage. The callers' activations stay.
                lost.IsSourceActivation = false;
                Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, exception, "Its state was written elsewhere."));
            }

            return CallResponse.OfError(exception);
        }
    }

    private void RunWhatMayRun()
    {
        while (true)
        {
            PendingCall? next;
            lock (_lock)
                next = _state == ActivationState.Active ? _queue.TakeNext() : null;
            if (next is null)
                return;
            _ = _turns.StartAsync(() => RunAsync(next));
        }
    }

    private async Task RunAsync(PendingCall call)
    {
        var response = await call.Body();
        lock (_lock)
        {
            _queue.Finish(call);
            if (call.KeepsAlive)
                _lastUsed = _silo.Time.GetTimestamp();
            if (_state == ActivationState.Deactivating && !_queue.IsRunning)
                _drained.TrySetResult();
        }

        call.Complete(response);
        RunWhatMayRun();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The one-way call {Call} threw")]
    private static partial void LogOneWayFailed(ILogger logger, Exception exception, string call);

    private enum ActivationState
    {
        Activating,
        Active,
        Deactivating,
        Ended,
    }
}
