using System.Collections.Concurrent;
using System.Diagnostics;
using ClickSink.Servers;
using ClickSink.Servers.Processes;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Demo;

/// <summary>The program behind run.sh, as a user runs it.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    private DemoProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The ports that it listens on, all of them loopback.</summary>
    public static int[] Ports { get; } = [19092, 18123, 15432, 18080];

    private static string Data => Path.Combine(Checkout.DataFolder, "demo");

    public static DemoProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Checkout.Program("eng/demo", "ClickSink.Demo"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return new DemoProcess(Process.Start(start)!);
    }

    /// <summary>Waits for a line that holds a text.</summary>
    public Task WaitForLineAsync(Func<string, bool> wanted) => Until.TrueAsync(
        () => _process.HasExited && !_lines.Any(wanted) ? throw new InvalidOperationException($"it ended with {_process.ExitCode}: {Output}") : Task.FromResult(_lines.Any(wanted)),
        () => Task.FromResult(Output),
        Patience);

    /// <summary>Waits until some but not all rows are stored.</summary>
    public Task WaitForRowsAsync() => WaitForLineAsync(line => line.Contains("rows stored", StringComparison.Ordinal) && !line.StartsWith("0 of", StringComparison.Ordinal));

    /// <summary>Sends a signal to the demo itself.</summary>
    public Task SignalAsync(string signal) => SignalAsync(signal, _process.Id);

    /// <summary>Ends the demo's silo as a crash would.</summary>
    public static Task KillSiloAsync() => SignalAsync("KILL", RunningServers().Single(s => s.Name == "silo").Process.Pid);

    /// <summary>The servers of the demo that run, as their pid files name them.</summary>
    public static IReadOnlyList<(string Name, ProcessIdentity Process)> RunningServers() =>
    [
        .. Directory.EnumerateFiles(Data, "*.pid", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetFileNameWithoutExtension(file), Process: ProcessIdentity.Parse(File.ReadLines(file).First())))
            .Where(s => s.Process?.IsAlive == true).Select(s => (s.Name, s.Process!.Value)),
    ];

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code and its last line.</returns>
    public async Task<(int Code, string LastLine)> WaitForEndAsync()
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience);
        await _process.WaitForExitAsync(bound.Token);
        return (_process.ExitCode, _lines.Last(line => line.Length > 0));
    }

    public string Output => string.Join('\n', _lines);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static async Task SignalAsync(string signal, int process)
    {
        var (code, output) = await Command.RunAsync(null, null, "kill", $"-{signal}", $"{process}");
        Assert.True(code == 0, output);
    }

    private void Take(string? line)
    {
        if (line is not null) _lines.Enqueue(line);
    }
}
