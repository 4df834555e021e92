using System.Reflection;
using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Servers.Postgres;
using ClickSink.Servers.Redis;

namespace ClickSink.Tests.Shared;

/// <summary>
/// The real servers that all test classes of an assembly share; each starts when the first test asks for it, with no data, and all
/// stop at the end. Tests keep out of each other's way by unique names (<see cref="PostgresServer.CreateDatabaseAsync"/>,
/// <see cref="KafkaServer.CreateTopicAsync"/>). A test that stops, kills or freezes a server takes one of its own: <see cref="ScratchServers"/>.
/// </summary>
/// <remarks>An assembly takes part with <c>[assembly: AssemblyFixture(typeof(SharedServers))]</c>, a class by a constructor argument.</remarks>
public sealed class SharedServers : IAsyncDisposable
{
    private readonly Lazy<Task<ServerSet>> _set;
    private readonly Lazy<Task<PostgresServer>> _postgres;
    private readonly Lazy<Task<KafkaServer>> _kafka;
    private readonly Lazy<Task<ClickHouseServer>> _clickHouse;
    private readonly Lazy<Task<EmbeddedClickHouseServer>> _embedded;
    private readonly Lazy<Task<RedisServer>> _redis;

    /// <summary>Creates the fixture; nothing is started.</summary>
    public SharedServers()
    {
        var suite = Assembly.GetEntryAssembly()!.GetName().Name!;
        _set = new(() => ServerSet.ClaimAsync(Path.Combine(Checkout.DataFolder, "tests", suite), fresh: true));
        _postgres = Starting("postgres", folder => new PostgresServer(folder));
        _kafka = Starting("kafka", folder => new KafkaServer(folder));
        _clickHouse = Starting("clickhouse", folder => new ClickHouseServer(folder));
        _embedded = Starting("embedded", folder => new EmbeddedClickHouseServer(folder));
        _redis = Starting("redis", folder => new RedisServer(folder));
    }

    /// <summary>PostgreSQL, running.</summary>
    public Task<PostgresServer> PostgresAsync() => _postgres.Value;

    /// <summary>Kafka 0.9, running.</summary>
    public Task<KafkaServer> KafkaAsync() => _kafka.Value;

    /// <summary>clickhouse-server 18.16, running.</summary>
    public Task<ClickHouseServer> ClickHouseAsync() => _clickHouse.Value;

    /// <summary>The current ClickHouse engine over HTTP, running.</summary>
    public Task<EmbeddedClickHouseServer> EmbeddedClickHouseAsync() => _embedded.Value;

    /// <summary>Redis, running.</summary>
    public Task<RedisServer> RedisAsync() => _redis.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_set.IsValueCreated)
            await (await _set.Value).DisposeAsync();
    }

    private Lazy<Task<T>> Starting<T>(string name, Func<ServerFolder, T> create)
        where T : Server => new(async () =>
        {
            var server = await (await _set.Value).AddAsync(name, create);
            await server.StartAsync();
            return server;
        });
}
