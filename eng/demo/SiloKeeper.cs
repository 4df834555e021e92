using ClickSink.Servers;

namespace ClickSink.Demo;

/// <summary>Does for the demo what systemd or Kubernetes does elsewhere: starts a silo again that ended.</summary>
internal sealed class SiloKeeper
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(SiloServer silo, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (silo.IsRunning) continue;
                Console.WriteLine($"\nthe silo ended; it is started again (log: {silo.LogPath})");
                await silo.StartAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The demo ends.
        }
    }
}
