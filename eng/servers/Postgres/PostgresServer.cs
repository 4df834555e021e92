using System.Diagnostics;
using ClickSink.Servers.Processes;
using Npgsql;

namespace ClickSink.Servers.Postgres;

/// <summary>
/// PostgreSQL. Its databases are created with the schema of <c>deploy/postgres</c>. Anyone on this machine may connect
/// (<c>trust</c> on loopback): it is for development and tests.
/// </summary>
public sealed class PostgresServer : Server
{
    private const string SuperUser = "postgres";

    private readonly string _cluster;
    private readonly bool _fsync;
    private readonly PostgresSchema _schema;

    /// <summary>Creates the server; nothing is started.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="port">The port. Default: a free one.</param>
    /// <param name="fsync">False to trade durability over a crash of the machine for speed. Default: true.</param>
    public PostgresServer(ServerFolder folder, int? port = null, bool fsync = true)
        : base(folder)
    {
        _fsync = fsync;
        Port = folder.Port("postgres", port);
        _schema = new(this);
        _cluster = Path.Combine(OutsideFolder.Create(folder["data"], PostgresPrograms.User), "cluster");
        Process = new(new ServerProcessOptions
        {
            Name = Name,
            Folder = folder.Path,
            Program = Path.Combine(PostgresPrograms.Folder, "postgres"),
            Arguments = ["-D", _cluster, .. Settings().SelectMany(setting => (string[])["-c", setting])],
            WorkingFolder = "/",
            RunAs = PostgresPrograms.User,
            // SIGINT ends sessions and shuts down; SIGTERM would wait for every client to leave.
            StopSignal = Signal.Int,
            // SIGKILL would leave the children behind for a while, with the shared memory that the next start needs.
            OwnerDeathSignal = Signal.Quit,
            Probe = ProbeAsync,
        });
    }

    /// <inheritdoc/>
    public override string Name => "postgres";

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["CLICKSINK_POSTGRES"] = ConnectionString("clicksink"),
        ["CLICKSINK_POSTGRES_PORT"] = $"{Port}",
    };

    /// <inheritdoc/>
    protected override ServerProcess Process { get; }

    /// <summary>How a client connects to one of its databases, with all rights.</summary>
    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username={SuperUser};Database={database}";

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await EnsureClusterAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Creates a database with the schema of <c>deploy/postgres</c>.</summary>
    /// <param name="name">Its name. Default: a unique one, for one test.</param>
    /// <param name="cancellationToken">Cancels the creation.</param>
    /// <returns>The connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        name ??= $"test_{Guid.NewGuid():n}";
        await _schema.CreateDatabaseAsync(name, cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Creates the database where it is missing, and applies the scripts of <c>deploy/postgres</c> again where it exists.</summary>
    /// <returns>The connection string.</returns>
    public async Task<string> EnsureDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        await _schema.EnsureDatabaseAsync(name, cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Drops a database and ends the sessions in it.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken = default) =>
        _schema.DropDatabaseAsync(name, cancellationToken);

    private IEnumerable<string> Settings() =>
    [
        $"port={Port}",
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=300",
        "shared_buffers=64MB",
        // Change data capture reads the log of changes.
        "wal_level=logical",
        "jit=off",
        "timezone=UTC",
        "log_timezone=UTC",
        $"fsync={(_fsync ? "on" : "off")}",
        $"full_page_writes={(_fsync ? "on" : "off")}",
    ];

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=3");
        await connection.OpenAsync(cancellationToken);
    }

    private async Task EnsureClusterAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(_cluster))
            return;
        // Made beside and moved when complete: an initdb that was killed must not be taken for a database.
        var draft = _cluster + ".new";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        string[] runAs = PostgresPrograms.User is { } user ? ["setpriv", "--reuid", user, "--regid", user, "--init-groups", "--"] : ["env"];
        string[] command =
        [
            .. runAs, Path.Combine(PostgresPrograms.Folder, "initdb"), "-D", draft, "-U", SuperUser, "-A", "trust", "-E", "UTF8", "--locale=C",
            "--no-instructions", .. _fsync ? (string[])[] : ["--no-sync"],
        ];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using var process = await Launcher.StartAsync(start);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new ServerException($"initdb of {draft} failed with exit code {process.ExitCode}:\n{await output}{errors}");
        Directory.Move(draft, _cluster);
    }
}
