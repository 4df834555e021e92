using System.Diagnostics;
using ClickSink.Servers.Processes;

namespace ClickSink.Servers.Commands;

/// <summary>Starts this program again behind the caller, to keep the servers, and waits until they are ready.</summary>
internal static class DetachedKeeper
{
    private const string Script = "log=$1; shift; exec >\"$log\" 2>&1 </dev/null; exec setsid \"$@\"";

    public static async Task<int> StartAsync(string data, IReadOnlyList<string> arguments)
    {
        Directory.CreateDirectory(data);
        // Not the keeper's own log yet: another keeper may hold this folder and write there.
        var log = Path.Combine(data, $"{SetFiles.Keeper}-{Environment.ProcessId}.log");
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", log, .. Self(), .. arguments]);
        using var process = Process.Start(start)!;
        while (!IsReady(data, process.Id))
        {
            if (process.HasExited)
            {
                await Console.Error.WriteAsync(await File.ReadAllTextAsync(log));
                File.Delete(log);
                return process.ExitCode == 0 ? 1 : process.ExitCode;
            }

            await Task.Delay(25);
        }

        File.Move(log, Path.Combine(data, SetFiles.Keeper + ".log"), overwrite: true);
        await Console.Out.WriteAsync(await File.ReadAllTextAsync(SetFiles.Variables(data)));
        return 0;
    }

    // Run by `dotnet NAME.dll`, the program is dotnet itself.
    private static string[] Self() => Path.GetFileName(Environment.ProcessPath!) == "dotnet"
        ? [Environment.ProcessPath!, Environment.GetCommandLineArgs()[0]]
        : [Environment.ProcessPath!];

    // In this order: the keeper removes the variables of its predecessor before it writes its pid file.
    private static bool IsReady(string data, int pid) =>
        new PidFile(data, SetFiles.Keeper).ReadAlive() is { } keeper && keeper.Pid == pid && File.Exists(SetFiles.Variables(data));
}
