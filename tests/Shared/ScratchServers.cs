using ClickSink.Servers;

namespace ClickSink.Tests.Shared;

/// <summary>Servers of one test alone, in a folder that goes with it. For tests that stop, kill or freeze a server.</summary>
public sealed class ScratchServers : IAsyncDisposable
{
    private readonly ServerSet _set;

    private ScratchServers(ServerSet set) => _set = set;

    /// <summary>The folder of the test.</summary>
    public string Path => _set.Folder.Path;

    /// <summary>Makes the folder.</summary>
    public static async Task<ScratchServers> CreateAsync() => new(await ServerSet.OpenAsync(NewPath()));

    /// <summary>A path for a folder of one test, below the git-ignored data folder; nothing is made.</summary>
    public static string NewPath() => System.IO.Path.Combine(Checkout.DataFolder, "tests", $"scratch-{Guid.NewGuid():n}");

    /// <summary>Adds a server and starts it.</summary>
    public async Task<T> StartAsync<T>(string name, Func<ServerFolder, T> create)
        where T : Server
    {
        var server = await _set.AddAsync(name, create);
        await server.StartAsync();
        return server;
    }

    /// <summary>Stops the servers and removes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _set.DisposeAsync();
        Remove(Path);
    }

    /// <summary>Removes a folder of servers that do not run.</summary>
    public static void Remove(string path)
    {
        if (Directory.Exists(path))
            ServerSet.Delete(path);
    }
}
