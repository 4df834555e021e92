using System.Collections.Concurrent;
using System.Diagnostics;

namespace ClickSink.Servers.Processes;

/// <summary>
/// Starts every process from one thread that lives as long as this program. The kernel's parent-death signal fires when the
/// <em>thread</em> that started a child ends (prctl(2), PR_SET_PDEATHSIG), and threads of the pool end whenever they like.
/// </summary>
internal static class Launcher
{
    private static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> Requests = [];

    static Launcher() => new Thread(Run) { IsBackground = true, Name = "server launcher" }.Start();

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add((start, started));
        return started.Task;
    }

    private static void Run()
    {
        foreach (var (start, started) in Requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception fault)
            {
                started.SetException(fault);
            }
        }
    }
}
