using System.Globalization;
using ClickSink.Servers.Processes;

namespace ClickSink.Servers;

/// <summary>
/// The folder of one server: its data, log, pid files and ports. It has one owner at a time; an owner that was killed holds
/// nothing any more, and what it left running is stopped by the next one.
/// </summary>
public sealed class ServerFolder : IDisposable
{
    private const string LockName = "owner.lock";
    private static readonly TimeSpan LeftoverPatience = TimeSpan.FromSeconds(20);

    private readonly FileStream _lock;

    private ServerFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>Takes a folder, creates it where needed, and stops what a killed owner left running in it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="fresh">True to begin without the data of earlier runs.</param>
    /// <exception cref="ServerException">Another program that still runs owns it.</exception>
    public static async Task<ServerFolder> OpenAsync(string path, bool fresh = false) =>
        await TryOpenAsync(path, fresh) ?? throw InUse(path);

    /// <summary>Takes the first of <c>path</c>, <c>path-2</c>, <c>path-3</c>, ... that nobody owns, so that two runs can go side by side.</summary>
    public static async Task<ServerFolder> ClaimAsync(string path, bool fresh = false)
    {
        for (var number = 1; number <= 32; number++)
        {
            if (await TryOpenAsync(number == 1 ? path : $"{path}-{number}", fresh) is { } folder)
                return folder;
        }

        throw new ServerException($"{path}, {path}-2, ... {path}-32 are all in use by programs that still run. Stop some of them.");
    }

    /// <summary>The path of a file or folder in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// The port that a server of this folder listens on: <paramref name="wanted"/>, or a free one that stays the same over
    /// restarts as long as nobody else took it in the meantime.
    /// </summary>
    public int Port(string name, int? wanted = null)
    {
        if (wanted is { } given)
        {
            return Ports.IsFree(given)
                ? given
                : throw new ServerException($"Port {given} of 127.0.0.1, wanted for {name}, is taken; see `ss -ltnp sport = :{given}`. Free it or choose another port.");
        }

        var file = this[name + ".port"];
        if (File.Exists(file) && int.TryParse(File.ReadAllText(file), out var kept) && Ports.IsFree(kept))
            return kept;
        var port = Ports.PickFree();
        File.WriteAllText(file, port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    /// <summary>Gives the folder up; what is in it stays.</summary>
    public void Dispose() => _lock.Dispose();

    internal static ServerException InUse(string path) =>
        new($"{path} is in use by another program that runs these servers. Stop that one first (`servers down`), or choose another folder.");

    /// <summary>As <see cref="OpenAsync"/>, but null when another program owns the folder.</summary>
    internal static async Task<ServerFolder?> TryOpenAsync(string path, bool fresh = false)
    {
        path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(path);
        FileStream @lock;
        try
        {
            // The lock (flock) goes when its holder does, however that ends, and is not inherited by the servers.
            @lock = new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        var folder = new ServerFolder(path, @lock);
        try
        {
            await PidFile.StopLeftoversAsync(path, LeftoverPatience);
            if (fresh)
                folder.Clear();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the folder of a server that does not run, with the data that it links to.</summary>
    internal static void Delete(string path)
    {
        DeleteContent(path);
        Directory.Delete(path, recursive: true);
    }

    private void Clear() => DeleteContent(Path);

    private static void DeleteContent(string path)
    {
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
        {
            if (entry.Name == LockName)
                continue;
            if (entry.LinkTarget is { } target)
            {
                if (OutsideFolder.IsOurs(target))
                    OutsideFolder.Delete(target);
                // Removes the link itself, also one to a folder.
                File.Delete(entry.FullName);
            }
            else if (entry is DirectoryInfo directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
