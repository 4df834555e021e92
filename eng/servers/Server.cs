using ClickSink.Servers.Processes;

namespace ClickSink.Servers;

/// <summary>
/// A real server on loopback with its data in a folder of its own. It keeps its ports and its data over stop, kill and start.
/// Calls must not overlap. Disposing stops it and gives the folder up.
/// </summary>
public abstract class Server : IAsyncDisposable
{
    /// <summary>Creates the server in a folder that it owns from now on.</summary>
    protected Server(ServerFolder folder) => Folder = folder;

    /// <summary>The short name, also on the command line: <c>postgres</c>, <c>kafka</c>, ...</summary>
    public abstract string Name { get; }

    /// <summary>Data, logs and pid files.</summary>
    public ServerFolder Folder { get; }

    /// <summary>What a script needs to reach the server: names and values of environment variables.</summary>
    public abstract IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>True while the server's process runs, frozen or not.</summary>
    public bool IsRunning => Process.IsRunning;

    /// <summary>The id of the server's process while it runs.</summary>
    public int? Pid => Process.Pid;

    /// <summary>The server's log file.</summary>
    public string LogPath => Process.LogPath;

    /// <summary>The process that the faults act on.</summary>
    protected abstract ServerProcess Process { get; }

    /// <summary>Starts the server, and returns when it answers over its own protocol.</summary>
    /// <exception cref="ServerException">It could not be started; the message says why and shows the end of its log.</exception>
    public virtual Task StartAsync(CancellationToken cancellationToken = default) => Process.StartAsync(cancellationToken);

    /// <summary>Stops the server in order.</summary>
    public virtual Task StopAsync() => Process.StopAsync();

    /// <summary>Ends the server by SIGKILL, as a crash would.</summary>
    public virtual Task KillAsync() => Process.KillAsync();

    /// <summary>Stops the server in order and starts it again with its data, on the same ports.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await StartAsync(cancellationToken);
    }

    /// <summary>Freezes the server (SIGSTOP): its connections stay open and nothing answers.</summary>
    public void Freeze() => Process.Freeze();

    /// <summary>Lets a frozen server go on.</summary>
    public void Thaw() => Process.Thaw();

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            Folder.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
