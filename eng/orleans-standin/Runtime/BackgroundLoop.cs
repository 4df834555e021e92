using Microsoft.Extensions.Logging;

namespace Orleans.Standin.Runtime;

/// <summary>Does something again and again until it is stopped. An error is logged and the loop goes on.</summary>
internal sealed partial class BackgroundLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _run;

    public BackgroundLoop(string name, TimeSpan period, TimeProvider time, ILogger logger, Func<CancellationToken, Task> step)
    {
        _timer = new PeriodicTimer(period, time);
        _run = Task.Run(async () =>
        {
            while (await _timer.WaitForNextTickAsync(_stop.Token))
            {
                try
                {
                    await step(_stop.Token);
                }
                catch (Exception exception) when (!_stop.IsCancellationRequested)
                {
                    LogFailed(logger, exception, name, period);
                }
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _timer.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Loop} failed; it is tried again in {Period}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string loop, TimeSpan period);
}
