using ClickSink.Servers;
using ClickSink.Servers.Postgres;
using ClickSink.Servers.Processes;
using ClickSink.Tests.Shared;
using Npgsql;
using Xunit;

namespace ClickSink.Tests.Integration.Servers;

public sealed class PostgresServerTests
{
    private readonly SharedServers _shared;

    public PostgresServerTests(SharedServers shared) => _shared = shared;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_AfterAKill_HasItsDataOnTheSamePort()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var server = await scratch.StartAsync("postgres", folder => new PostgresServer(folder));
        var database = await server.CreateDatabaseAsync(cancellationToken: Cancellation);
        await ExecuteAsync(database, "CREATE TABLE t AS SELECT 42 AS answer");
        await server.KillAsync();
        await Assert.ThrowsAsync<NpgsqlException>(() => ExecuteAsync(database, "SELECT 1"));

        await server.StartAsync(Cancellation);
        Assert.Equal(42, await ExecuteAsync(database, "SELECT answer FROM t"));
    }

    [Fact]
    public async Task Stop_ClientStaysConnected_EndsInOrderAndFreesThePort()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var server = await scratch.StartAsync("postgres", folder => new PostgresServer(folder));
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        var pid = server.Pid!.Value;
        await server.StopAsync();
        Assert.Null(ProcessIdentity.Of(pid));
        Assert.Contains("database system is shut down", await File.ReadAllTextAsync(server.LogPath, Cancellation));
    }

    [Fact]
    public async Task CreateDatabase_Twice_GivesTwoApart()
    {
        var server = await _shared.PostgresAsync();
        var first = await server.CreateDatabaseAsync(cancellationToken: Cancellation);
        var second = await server.CreateDatabaseAsync(cancellationToken: Cancellation);
        await ExecuteAsync(first, "CREATE TABLE only_here (x int)");
        var fault = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(second, "SELECT * FROM only_here"));
        Assert.Equal(PostgresErrorCodes.UndefinedTable, fault.SqlState);
    }

    [Fact]
    public async Task CreateDatabase_ManyAtOnce_AllSucceed()
    {
        var server = await _shared.PostgresAsync();
        var databases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.CreateDatabaseAsync(cancellationToken: Cancellation)));
        Assert.Equal(8, databases.Distinct().Count());
    }

    [Fact]
    public async Task CreateDatabase_NameWithQuotes_IsTakenLiterally()
    {
        var server = await _shared.PostgresAsync();
        const string Name = "it's \"quoted\"; DROP";
        await server.CreateDatabaseAsync(Name, Cancellation);
        await server.DropDatabaseAsync(Name, Cancellation);
    }

    [Fact]
    public async Task EnsureDatabase_Existing_KeepsItsData()
    {
        var server = await _shared.PostgresAsync();
        var name = $"kept_{Guid.NewGuid():n}";
        var database = await server.EnsureDatabaseAsync(name, Cancellation);
        await ExecuteAsync(database, "CREATE TABLE t AS SELECT 7 AS x");
        await server.EnsureDatabaseAsync(name, Cancellation);
        Assert.Equal(7, await ExecuteAsync(database, "SELECT x FROM t"));
    }

    [Fact]
    public async Task Start_FolderThatTheServersUserCannotReach_KeepsTheDataOutside()
    {
        // Only root has a user to change to, and a home that this user cannot enter.
        var closed = Directory.CreateTempSubdirectory("clicksink-closed-").FullName;
        var path = Path.Combine(closed, "postgres");
        await using (var server = new PostgresServer(await ServerFolder.OpenAsync(path)))
        {
            await server.StartAsync(Cancellation);
            await server.RestartAsync(Cancellation);
            var link = new DirectoryInfo(Path.Combine(path, "data")).LinkTarget;
            Assert.Equal(Environment.UserName == "root", link?.StartsWith("/var/tmp/clicksink-", StringComparison.Ordinal) == true);
        }

        ScratchServers.Remove(closed);
        Assert.False(Directory.Exists(closed));
    }

    private static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
