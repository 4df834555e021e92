using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Servers;

public sealed class ClickHouseServerTests
{
    private readonly SharedServers _shared;

    public ClickHouseServerTests(SharedServers shared) => _shared = shared;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_AfterAKill_HasItsDataOnTheSamePorts()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var server = await scratch.StartAsync("clickhouse", folder => new ClickHouseServer(folder));
        await server.Http.QueryAsync("CREATE TABLE t (x UInt64) ENGINE = MergeTree ORDER BY x", cancellationToken: Cancellation);
        await server.Http.QueryAsync("INSERT INTO t SELECT number FROM system.numbers LIMIT 1000", cancellationToken: Cancellation);
        await server.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Http.QueryAsync("SELECT 1", cancellationToken: Cancellation));

        await server.StartAsync(Cancellation);
        Assert.Equal("1000", await server.Http.QueryAsync("SELECT count() FROM t", cancellationToken: Cancellation));
        Assert.Equal("1000\n", await Script.RunSuccessfullyAsync(null, "clickhouse-client", "--port", $"{server.TcpPort}", "--query", "SELECT count() FROM t"));
    }

    [Fact]
    public async Task Query_Refused_ErrorIsTheServers()
    {
        var server = await _shared.ClickHouseAsync();
        var fault = await Assert.ThrowsAsync<ServerException>(() => server.Http.QueryAsync("SELECT * FROM nowhere", cancellationToken: Cancellation));
        Assert.Contains("Code: 60", fault.Message);
    }

    [Fact]
    public async Task Query_WithDatabase_RunsInIt()
    {
        var server = await _shared.ClickHouseAsync();
        var database = $"d_{Guid.NewGuid():n}";
        await server.Http.QueryAsync($"CREATE DATABASE {database}", cancellationToken: Cancellation);
        Assert.Equal(database, await server.Http.QueryAsync("SELECT currentDatabase()", database, Cancellation));
    }

    [Fact]
    public async Task Version_OfTheSharedServer_IsTheOldOneThatTestsAreFor()
    {
        var server = await _shared.ClickHouseAsync();
        Assert.StartsWith("18.16.", await server.Http.QueryAsync("SELECT version()", cancellationToken: Cancellation));
    }
}
