using ClickSink.Servers.Processes;

namespace ClickSink.Servers.ClickHouse;

/// <summary>The current ClickHouse engine as a library, served over HTTP by <c>clicksink embedded-clickhouse</c>.</summary>
public sealed class EmbeddedClickHouseServer : Server
{
    /// <summary>Creates the server; nothing is started.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="port">The port. Default: a free one.</param>
    /// <param name="command">
    /// The program and its first arguments; <c>--port P --data D</c> are added. Default: <c>clicksink embedded-clickhouse</c> of this build.
    /// </param>
    public EmbeddedClickHouseServer(ServerFolder folder, int? port = null, IReadOnlyList<string>? command = null)
        : base(folder)
    {
        command ??= [Checkout.Program("Cli", "clicksink"), "embedded-clickhouse"];
        Port = folder.Port("embedded", port);
        Http = new(Port);
        Process = new(new ServerProcessOptions
        {
            Name = Name,
            Folder = folder.Path,
            Program = command[0],
            Arguments = [.. command.Skip(1), "--port", $"{Port}", "--data", folder["data"]],
            Probe = Http.PingAsync,
            OwnerDeathSignal = Signal.Term,
        });
    }

    /// <inheritdoc/>
    public override string Name => "embedded";

    /// <summary>The port of the HTTP interface.</summary>
    public int Port { get; }

    /// <summary>The HTTP interface.</summary>
    public ClickHouseHttp Http { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["CLICKSINK_EMBEDDED_CLICKHOUSE"] = $"{Http.Endpoint}",
    };

    /// <inheritdoc/>
    protected override ServerProcess Process { get; }
}
