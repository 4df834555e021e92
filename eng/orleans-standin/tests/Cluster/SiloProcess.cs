using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Orleans.Standin.Tests.Cluster;

/// <summary>A silo in a process of its own, which can be killed, frozen and stopped in order.</summary>
public sealed partial class SiloProcess : IAsyncDisposable
{
    private const int Stop = 19, Continue = 18;
    private readonly Process _process;

    private SiloProcess(Process process, int siloPort) => (_process, Port) = (process, siloPort);

    public int Port { get; }

    public int ExitCode => _process.ExitCode;

    public static Task<SiloProcess> StartAsync(TestCluster cluster, int? siloPort = null, bool losesDirectory = false) =>
        StartAsync(cluster, Path.Combine(AppContext.BaseDirectory, "Orleans.Standin.TestSilo"), siloPort, losesDirectory);

    /// <summary>Starts a silo of the program's next build.</summary>
    public static Task<SiloProcess> StartNextAsync(TestCluster cluster) =>
        StartAsync(cluster, Path.Combine(AppContext.BaseDirectory, "next", "Orleans.Standin.TestSilo.Next"), null, false);

    private static async Task<SiloProcess> StartAsync(TestCluster cluster, string program, int? siloPort, bool losesDirectory)
    {
        var port = siloPort ?? TestCluster.FreePort();
        var start = new ProcessStartInfo(program)
        {
            Environment = { ["ORLEANS_STANDIN_LOSE_DIRECTORY"] = losesDirectory ? "1" : "0" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { cluster.Connection, cluster.ClusterId, $"{port}", $"{TestCluster.FreePort()}" },
        };
        var silo = new SiloProcess(Process.Start(start)!, port);
        var line = await silo._process.StandardOutput.ReadLineAsync();
        while (line is not null and not "ready")
            line = await silo._process.StandardOutput.ReadLineAsync();
        Assert.True(line == "ready", $"The silo on port {port} ended before it was ready.");
        return silo;
    }

    /// <summary>SIGKILL: no chance to say good-bye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: it stands still, and others cannot tell that from death.</summary>
    public void Freeze() => Assert.Equal(0, Signal(_process.Id, Stop));

    public void Thaw() => Assert.Equal(0, Signal(_process.Id, Continue));

    /// <summary>Stops it in order.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
