using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Standin.Calls;

namespace Orleans.Standin.Runtime;

/// <summary>A timer whose ticks queue like calls. The next tick is due one period after the last one ended.</summary>
internal sealed partial class GrainTimer : IGrainTimer
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly bool _interleaves;
    private readonly bool _keepsAlive;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;

    public GrainTimer(
        Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options, TimeProvider time, ILogger logger)
    {
        (_activation, _callback, _logger) = (activation, callback, logger);
        (_interleaves, _keepsAlive) = (options.Interleave, options.KeepAlive);
        (_dueTime, _period) = (options.DueTime, options.Period);

        // A timer would carry the async-local values of the turn that started it into every tick.
        using var _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(_ => Tick(), null, options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            (_dueTime, _period, _changed) = (dueTime, period, true);
            if (!_ticking)
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _disposed.Cancel();
        _activation.OnTimerDisposed(this);
    }

    private void Tick()
    {
        lock (_lock)
            (_ticking, _changed) = (true, false);
        _activation.Enqueue(new PendingCall(RunAsync, IsReadOnly: false, _interleaves, _keepsAlive));
    }

    private async Task<CallResponse> RunAsync()
    {
        try
        {
            if (!_disposed.IsCancellationRequested)
                await _callback(_disposed.Token);
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // The callback was told to stop.
        }
        catch (Exception exception)
        {
            LogFailed(_logger, exception, _activation.GrainId.ToString());
        }

        lock (_lock)
        {
            _ticking = false;
            if (!_disposed.IsCancellationRequested)
                _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
        }

        return CallResponse.Moved;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A timer of {Grain} threw; it ticks again after its period")]
    private static partial void LogFailed(ILogger logger, Exception exception, string grain);
}
