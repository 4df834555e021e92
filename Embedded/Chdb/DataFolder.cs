using System.Runtime.InteropServices;

namespace ClickSink.Embedded.Chdb;

/// <summary>The data folder: its lock, its first layout, and its spool for bodies and buffered results.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "clicksink.lock";
    private const string SpoolName = "clicksink-spool";

    private readonly FileStream _lock;
    private long _spoolCounter;

    private DataFolder(string path, string spool, FileStream lockFile)
    {
        Path = path;
        SpoolFolder = spool;
        _lock = lockFile;
    }

    public string Path { get; }

    public string SpoolFolder { get; }

    /// <summary>Takes the folder for this process, lays it out when it is new, and empties the spool that a killed process left.</summary>
    public static DataFolder Open(string path, string? spoolPath)
    {
        path = System.IO.Path.GetFullPath(path);
        FileStream? lockFile = null;
        try
        {
            Directory.CreateDirectory(path);
            lockFile = Lock(path);
            LayOut(path);
            // A folder of our own inside a shared one: what is emptied at start is never someone else's.
            var spool = spoolPath is null
                ? System.IO.Path.Combine(path, SpoolName)
                : System.IO.Path.Combine(System.IO.Path.GetFullPath(spoolPath), $"{SpoolName}-{Fingerprint(path):x16}");
            if (Directory.Exists(spool))
                Directory.Delete(spool, recursive: true);
            Directory.CreateDirectory(spool);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(spool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new DataFolder(path, spool, lockFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lockFile?.Dispose();
            throw new EmbeddedClickHouseException(
                $"The data folder {path} cannot be used: {e.Message} Check its owner and rights, or choose another DataPath.", e);
        }
        catch
        {
            lockFile?.Dispose();
            throw;
        }
    }

    /// <summary>A path in the spool that no one else uses. The file is not made.</summary>
    public string NewSpoolPath() => System.IO.Path.Combine(SpoolFolder, Interlocked.Increment(ref _spoolCounter).ToString("x"));

    public void Dispose()
    {
        try
        {
            Directory.Delete(SpoolFolder, recursive: true);
        }
        catch (IOException)
        {
            // The next start empties it.
        }
        _lock.Dispose();
    }

    private static FileStream Lock(string path)
    {
        var name = System.IO.Path.Combine(path, LockName);
        try
        {
            var file = new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return file;
        }
        catch (IOException e)
        {
            throw new EmbeddedClickHouseException(
                $"The data folder {path} is in use by another process: stop that one, or choose another DataPath.", e);
        }
    }

    /// <summary>
    /// A new folder gets the metadata folder and an ordinary Atomic database named default. Without the folder chDB 26.5 starts no task
    /// that removes dropped tables, and DROP ... SYNC waits for ever; without the database it lays an overlay over the working folder,
    /// where any file is a table.
    /// </summary>
    private static void LayOut(string path)
    {
        var metadata = System.IO.Path.Combine(path, "metadata");
        var definition = System.IO.Path.Combine(metadata, "default.sql");
        if (File.Exists(definition))
            return;
        Directory.CreateDirectory(metadata);
        var draft = definition + ".new";
        File.WriteAllText(draft, $"ATTACH DATABASE _ UUID '{ExistingDefault(metadata) ?? Guid.NewGuid()}'\nENGINE = Atomic\n");
        File.Move(draft, definition);
    }

    /// <summary>The id of the default database of a folder that another chDB program made: the link default points to store/abc/ID.</summary>
    private static Guid? ExistingDefault(string metadata)
    {
        var target = new DirectoryInfo(System.IO.Path.Combine(metadata, "default")).LinkTarget;
        return target is not null && Guid.TryParse(System.IO.Path.GetFileName(target.TrimEnd('/')), out var id) ? id : null;
    }

    private static ulong Fingerprint(string path)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path));
        return MemoryMarshal.Read<ulong>(hash);
    }
}
