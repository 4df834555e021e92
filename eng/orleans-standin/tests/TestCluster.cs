using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Hosting;
using Orleans.Standin.TestSilo;

namespace Orleans.Standin.Tests;

/// <summary>A database of its own with the scripts of deploy/postgres run on it, and the silos and clients that a test starts there.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];
    private readonly string _server;
    private readonly string _database = $"standin_{Guid.NewGuid():N}";

    private TestCluster(string server)
    {
        _server = server;
        Connection = new NpgsqlConnectionStringBuilder(server) { Database = _database }.ConnectionString;
    }

    public string Connection { get; }

    public string ClusterId => _database;

    public static async Task<TestCluster> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable("CLICKSINK_TEST_POSTGRES");
        Assert.False(string.IsNullOrEmpty(server), "CLICKSINK_TEST_POSTGRES must name a PostgreSQL server on which databases may be made.");
        var cluster = new TestCluster(server);
        await ExecuteAsync(server, $"CREATE DATABASE {cluster._database}");
        foreach (var script in Directory.GetFiles(ScriptFolder(), "*.sql").Order(StringComparer.Ordinal))
            await ExecuteAsync(cluster.Connection, await File.ReadAllTextAsync(script));
        return cluster;
    }

    public async Task<IHost> StartSiloAsync(Action<ISiloBuilder>? more = null)
    {
        var silo = TestHosts.Silo(Connection, ClusterId, FreePort(), FreePort(), more);
        _hosts.Add(silo);
        await silo.StartAsync();
        return silo;
    }

    public async Task<IHost> StartClientAsync()
    {
        var client = TestHosts.Client(Connection, ClusterId);
        _hosts.Insert(0, client);
        await client.StartAsync();
        return client;
    }

    public static Task ExecuteAsync(string connection, string sql) => QueryAsync(connection, sql, _ => 0);

    public static async Task<List<T>> QueryAsync<T>(string connection, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }

        await ExecuteAsync(_server, $"DROP DATABASE {_database} WITH (FORCE)");
    }

    private static string ScriptFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "deploy", "postgres")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("deploy/postgres is not above the tests."), "deploy", "postgres");
    }
}
