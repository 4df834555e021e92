using System.CommandLine;
using ClickSink.Servers.Processes;

namespace ClickSink.Servers.Commands;

/// <summary><c>servers down</c>: stops the keeper, which stops the servers, and whatever a killed keeper left.</summary>
internal static class DownCommand
{
    // A keeper stops its servers one after the other, and each may take its own time before it is killed.
    private static readonly TimeSpan KeeperPatience = TimeSpan.FromSeconds(90);

    public static Command Create()
    {
        var data = SetFiles.DataOption();
        var command = new Command("down", "Stop the servers of a data folder; their data stays.") { data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Path.GetFullPath(parsed.GetValue(data)!);
            await PidFile.StopLeftoversAsync(folder, KeeperPatience);
            var left = await ServerSet.StopLeftoversAsync(folder);
            if (left.Count > 0)
                Console.WriteLine($"stopped what a killed keeper had left: {string.Join(", ", left)}");
            File.Delete(SetFiles.Variables(folder));
            return 0;
        });
        return command;
    }
}
