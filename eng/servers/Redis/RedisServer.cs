using System.Net.Sockets;
using ClickSink.Servers.Processes;

namespace ClickSink.Servers.Redis;

/// <summary>Redis with its append-only file on, so that data outlives a kill of the process.</summary>
public sealed class RedisServer : Server
{
    /// <summary>Creates the server; nothing is started.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="port">The port. Default: a free one.</param>
    public RedisServer(ServerFolder folder, int? port = null)
        : base(folder)
    {
        Port = folder.Port("redis", port);
        var data = Directory.CreateDirectory(folder["data"]).FullName;
        Process = new(new ServerProcessOptions
        {
            Name = Name,
            Folder = folder.Path,
            Program = Programs.Find("redis-server"),
            Arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", data, "--appendonly", "yes", "--save", "", "--daemonize", "no"],
            Probe = ProbeAsync,
            OwnerDeathSignal = Signal.Term,
        });
    }

    /// <inheritdoc/>
    public override string Name => "redis";

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string> { ["CLICKSINK_REDIS"] = $"127.0.0.1:{Port}" };

    /// <inheritdoc/>
    protected override ServerProcess Process { get; }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
        using var reader = new StreamReader(stream);
        // It answers -LOADING while it reads its file.
        var answer = await reader.ReadLineAsync(cancellationToken);
        if (answer != "+PONG")
            throw new ServerException($"Redis answers {answer ?? "nothing"}.");
    }
}
