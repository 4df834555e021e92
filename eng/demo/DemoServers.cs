using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Servers.Postgres;

namespace ClickSink.Demo;

/// <summary>The servers of the demo on their ports, which deploy/demo/*.yaml names as well.</summary>
internal sealed class DemoServers : IAsyncDisposable
{
    private const int KafkaPort = 19092;
    private const int ClickHousePort = 18123;
    private const int PostgresPort = 15432;
    private const int ApiPort = 18080;

    private readonly ServerSet _set;

    private DemoServers(ServerSet set) => _set = set;

    public required KafkaServer Kafka { get; init; }

    public required EmbeddedClickHouseServer ClickHouse { get; init; }

    public required PostgresServer Postgres { get; init; }

    public IReadOnlyList<SiloServer> Silos { get; private set; } = [];

    /// <summary>The REST API of the first silo.</summary>
    public Uri Api => Silos[0].Api;

    /// <summary>Starts everything, with data of its own: each demo begins with an empty topic and no table.</summary>
    public static async Task<DemoServers> StartAsync(string data, int silos, CancellationToken cancellation)
    {
        var set = await ServerSet.OpenAsync(data, fresh: true);
        try
        {
            var servers = new DemoServers(set)
            {
                Postgres = await set.AddAsync("postgres", folder => new PostgresServer(folder, PostgresPort)),
                Kafka = await set.AddAsync("kafka", folder => new KafkaServer(folder, KafkaPort)),
                ClickHouse = await set.AddAsync("clickhouse", folder => new EmbeddedClickHouseServer(folder, ClickHousePort)),
            };
            await set.StartAsync(cancellation);
            var database = await servers.Postgres.EnsureDatabaseAsync("clicksink", cancellation);
            for (var i = 0; i < silos; i++)
            {
                var number = i;
                var name = silos == 1 ? "silo" : $"silo-{number}";
                servers.Silos = [.. servers.Silos, await set.AddAsync(name, folder => new SiloServer(folder, database, ApiPort + number, name: name))];
            }

            await set.StartAsync(cancellation);
            return servers;
        }
        catch
        {
            await set.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _set.DisposeAsync();
}
