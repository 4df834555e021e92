using ClickSink.Servers.Processes;

namespace ClickSink.Servers;

/// <summary>
/// Several servers below one folder: started side by side, stopped in the reverse order of <see cref="AddAsync"/>. What a killed
/// owner of the folder left running is stopped when the set is opened.
/// </summary>
public sealed class ServerSet : IAsyncDisposable
{
    private static readonly TimeSpan LeftoverPatience = TimeSpan.FromSeconds(20);

    private readonly bool _fresh;
    private readonly List<Server> _servers = [];

    private ServerSet(ServerFolder folder, bool fresh)
    {
        Folder = folder;
        _fresh = fresh;
    }

    /// <summary>The folder; each server has one of its own in it, under its name.</summary>
    public ServerFolder Folder { get; }

    /// <summary>The servers, in the order in which they were added.</summary>
    public IReadOnlyList<Server> Servers => _servers;

    /// <summary>Takes a folder for a set.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="fresh">True to begin without the data of earlier runs.</param>
    /// <exception cref="ServerException">Another program that still runs owns it.</exception>
    public static async Task<ServerSet> OpenAsync(string path, bool fresh = false) => await OpenAsync(await ServerFolder.OpenAsync(path), fresh);

    /// <summary>Takes the first of <c>path</c>, <c>path-2</c>, <c>path-3</c>, ... that nobody owns.</summary>
    public static async Task<ServerSet> ClaimAsync(string path, bool fresh = false) => await OpenAsync(await ServerFolder.ClaimAsync(path), fresh);

    /// <summary>Adds a server; it is not started.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <param name="create">Creates it in that folder.</param>
    public async Task<T> AddAsync<T>(string name, Func<ServerFolder, T> create)
        where T : Server
    {
        var folder = await ServerFolder.OpenAsync(Folder[name], _fresh);
        try
        {
            var server = create(folder);
            lock (_servers)
                _servers.Add(server);
            return server;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Starts all servers side by side, and returns when each of them answers. If one fails, all are stopped.</summary>
    /// <exception cref="ServerException">Those that could not be started, each with its reason.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var starting = Task.WhenAll(_servers.Where(server => !server.IsRunning).Select(async server => await server.StartAsync(cancellationToken)));
        try
        {
            await starting;
        }
        catch
        {
            await StopAsync();
            cancellationToken.ThrowIfCancellationRequested();
            var faults = starting.Exception!.InnerExceptions;
            if (faults.Count == 1)
                throw;
            throw new ServerException(string.Join('\n', faults.Select(fault => fault.Message)), starting.Exception);
        }
    }

    /// <summary>Stops all servers, last added first.</summary>
    public async Task StopAsync()
    {
        foreach (var server in Enumerable.Reverse(_servers))
            await server.StopAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(_servers))
            await server.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>Deletes the folder of a set whose servers do not run, with the data that it links to.</summary>
    public static void Delete(string path)
    {
        foreach (var folder in Directory.GetDirectories(path))
            ServerFolder.Delete(folder);
        Directory.Delete(path, recursive: true);
    }

    /// <summary>Stops every process that pid files below a folder name, whoever started it.</summary>
    /// <returns>The names of what was running.</returns>
    internal static async Task<IReadOnlyList<string>> StopLeftoversAsync(string path)
    {
        if (!Directory.Exists(path))
            return [];
        var found = await Task.WhenAll(Directory.GetDirectories(path).Select(folder => PidFile.StopLeftoversAsync(folder, LeftoverPatience)));
        return [.. found.SelectMany(names => names)];
    }

    /// <summary>As <see cref="OpenAsync(string, bool)"/>, but null when another program owns the folder.</summary>
    internal static async Task<ServerSet?> TryOpenAsync(string path, bool fresh) =>
        await ServerFolder.TryOpenAsync(path) is { } folder ? await OpenAsync(folder, fresh) : null;

    private static async Task<ServerSet> OpenAsync(ServerFolder folder, bool fresh)
    {
        try
        {
            await StopLeftoversAsync(folder.Path);
            return new(folder, fresh);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
