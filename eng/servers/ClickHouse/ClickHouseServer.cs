using ClickSink.Servers.Processes;

namespace ClickSink.Servers.ClickHouse;

/// <summary>
/// The clickhouse-server that Debian packages (18.16) with its stock configuration; only paths, ports and the time zone (UTC)
/// differ. User <c>default</c>, no password.
/// </summary>
public sealed class ClickHouseServer : Server
{
    private const string StockConfiguration = "/etc/clickhouse-server/config.xml";

    /// <summary>Creates the server; nothing is started.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="httpPort">The port of the HTTP interface. Default: a free one.</param>
    public ClickHouseServer(ServerFolder folder, int? httpPort = null)
        : base(folder)
    {
        HttpPort = folder.Port("clickhouse-http", httpPort);
        TcpPort = folder.Port("clickhouse-tcp");
        Http = new(HttpPort);
        var data = folder["data"];
        Process = new(new ServerProcessOptions
        {
            Name = Name,
            Folder = folder.Path,
            Program = Programs.Find("clickhouse-server"),
            Arguments =
            [
                $"--config-file={StockConfiguration}",
                "--",
                $"--path={data}/",
                $"--tmp_path={data}/tmp/",
                $"--user_files_path={data}/user_files/",
                $"--format_schema_path={data}/format_schemas/",
                $"--http_port={HttpPort}",
                $"--tcp_port={TcpPort}",
                $"--interserver_http_port={folder.Port("clickhouse-interserver")}",
                "--listen_host=127.0.0.1",
                $"--logger.log={folder["clickhouse-server.log"]}",
                $"--logger.errorlog={folder["clickhouse-server.err.log"]}",
                "--timezone=UTC",
            ],
            Probe = Http.PingAsync,
            OwnerDeathSignal = Signal.Term,
        });
    }

    /// <inheritdoc/>
    public override string Name => "clickhouse";

    /// <summary>The port of the HTTP interface.</summary>
    public int HttpPort { get; }

    /// <summary>The port of the native protocol, for clickhouse-client.</summary>
    public int TcpPort { get; }

    /// <summary>The HTTP interface.</summary>
    public ClickHouseHttp Http { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["CLICKSINK_CLICKHOUSE"] = $"{Http.Endpoint}",
        ["CLICKSINK_CLICKHOUSE_TCP_PORT"] = $"{TcpPort}",
    };

    /// <inheritdoc/>
    protected override ServerProcess Process { get; }
}
