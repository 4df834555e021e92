namespace ClickSink.Servers.Processes;

/// <summary>
/// Remembers on disk which process an owner started, and the signal that ends it in order, so that whoever comes after a killed
/// owner can stop what it left behind.
/// </summary>
internal sealed class PidFile
{
    private const string Extension = ".pid";

    private readonly string _path;

    public PidFile(string folder, string name) => _path = Path.Combine(folder, name + Extension);

    public void Write(ProcessIdentity identity, Signal stopSignal)
    {
        var draft = _path + ".new";
        File.WriteAllText(draft, $"{identity}\n{(int)stopSignal}\n");
        File.Move(draft, _path, overwrite: true);
    }

    public void Delete() => File.Delete(_path);

    /// <summary>The process that the file names, if it still runs.</summary>
    public ProcessIdentity? ReadAlive() => TryRead(out var identity, out _) && identity.IsAlive ? identity : null;

    /// <summary>Stops the process that the file names: in order first, by SIGKILL when that takes longer than <paramref name="patience"/>.</summary>
    /// <returns>True when there was one to stop.</returns>
    public async Task<bool> StopLeftoverAsync(TimeSpan patience)
    {
        var found = TryRead(out var identity, out var stopSignal) && identity.IsAlive;
        if (found)
            await StopAsync(identity, stopSignal, patience);
        Delete();
        return found;
    }

    /// <summary>Stops what all pid files of a folder name, side by side.</summary>
    /// <returns>The names of what was still running.</returns>
    public static async Task<IReadOnlyList<string>> StopLeftoversAsync(string folder, TimeSpan patience)
    {
        if (!Directory.Exists(folder))
            return [];
        var names = Directory.GetFiles(folder, "*" + Extension).Select(file => Path.GetFileNameWithoutExtension(file)).ToArray();
        var found = await Task.WhenAll(names.Select(name => new PidFile(folder, name).StopLeftoverAsync(patience)));
        return [.. names.Where((_, index) => found[index])];
    }

    /// <summary>Ends a process in order, or by SIGKILL when that takes longer than <paramref name="patience"/>.</summary>
    /// <returns>True when it ended in order.</returns>
    public static async Task<bool> StopAsync(ProcessIdentity identity, Signal stopSignal, TimeSpan patience)
    {
        Posix.TrySignal(identity, stopSignal);
        // A frozen process acts on no other signal until it is thawed.
        Posix.TrySignal(identity, Signal.Cont);
        if (await identity.WaitGoneAsync(patience))
            return true;
        Posix.TrySignal(identity, Signal.Kill);
        if (!await identity.WaitGoneAsync(TimeSpan.FromSeconds(30)))
            throw new InvalidOperationException($"Process {identity.Pid} did not end 30 s after SIGKILL; it may hang in the kernel. See `ps -o stat,wchan -p {identity.Pid}`.");
        return false;
    }

    private bool TryRead(out ProcessIdentity identity, out Signal stopSignal)
    {
        identity = default;
        stopSignal = Signal.Term;
        if (!File.Exists(_path))
            return false;
        var lines = File.ReadAllLines(_path);
        if (lines.Length < 2 || ProcessIdentity.Parse(lines[0]) is not { } parsed || !int.TryParse(lines[1], out var number))
            return false;
        identity = parsed;
        stopSignal = (Signal)number;
        return true;
    }
}
