using System.Globalization;
using System.Runtime.InteropServices;

namespace ClickSink.Tests.Shared.Chaos;

/// <summary>Cuts TCP connections of another process, as a broken network would: both ends see them end in the middle of whatever they were doing.</summary>
public static partial class Connections
{
    private const int PidfdOpen = 434;
    private const int PidfdGetfd = 438;
    private const int ShutdownBoth = 2;

    /// <summary>Cuts every connection of a process to a port.</summary>
    /// <returns>How many were cut.</returns>
    public static int Cut(int pid, int remotePort)
    {
        var inodes = EstablishedTo(pid, remotePort);
        var process = Syscall(PidfdOpen, pid, 0, 0);
        if (process < 0) return 0;
        var cut = 0;
        foreach (var link in Directory.EnumerateFiles($"/proc/{pid}/fd"))
        {
            if (File.ResolveLinkTarget(link, false)?.Name is not { } target || !target.StartsWith("socket:[", StringComparison.Ordinal) || !inodes.Contains(target[8..^1])) continue;
            // A second handle on the very socket, whose shutdown is a shutdown for its owner.
            var copy = Syscall(PidfdGetfd, process, int.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture), 0);
            if (copy < 0) continue;
            if (Shutdown((int)copy, ShutdownBoth) == 0) cut++;
            _ = Close((int)copy);
        }

        _ = Close((int)process);
        return cut;
    }

    private static HashSet<string> EstablishedTo(int pid, int remotePort)
    {
        var port = $":{remotePort:X4}";
        return new[] { "tcp", "tcp6" }.SelectMany(table => File.ReadLines($"/proc/{pid}/net/{table}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[2].EndsWith(port, StringComparison.Ordinal) && fields[3] == "01")
            .Select(fields => fields[9])
            .ToHashSet(StringComparer.Ordinal);
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial long Syscall(long number, long first, long second, long third);

    [LibraryImport("libc", EntryPoint = "shutdown")]
    private static partial int Shutdown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
