using System.CommandLine;
using ClickSink.Servers.Processes;

namespace ClickSink.Servers.Commands;

/// <summary><c>servers status</c>: which processes of a data folder run.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var data = SetFiles.DataOption();
        var command = new Command("status", "Show the servers of a data folder. The exit code is 0 when all are ready, 3 when not.") { data };
        command.SetAction(parsed =>
        {
            var folder = Path.GetFullPath(parsed.GetValue(data)!);
            string[] folders = Directory.Exists(folder) ? [folder, .. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)] : [];
            foreach (var pidFile in folders.SelectMany(path => Directory.GetFiles(path, "*.pid")))
            {
                var name = Path.GetFileNameWithoutExtension(pidFile);
                var alive = new PidFile(Path.GetDirectoryName(pidFile)!, name).ReadAlive();
                Console.WriteLine($"{name,-12} {(alive is { } identity ? $"process {identity.Pid}" : "ended")}");
            }

            var ready = File.Exists(SetFiles.Variables(folder)) && new PidFile(folder, SetFiles.Keeper).ReadAlive() is not null;
            Console.Write(ready ? File.ReadAllText(SetFiles.Variables(folder)) : $"no servers are ready in {folder}\n");
            return ready ? 0 : 3;
        });
        return command;
    }
}
