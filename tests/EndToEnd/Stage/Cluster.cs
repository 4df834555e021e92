using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Servers.Postgres;
using ClickSink.Tests.Shared;

namespace ClickSink.Tests.EndToEnd.Stage;

/// <summary>
/// What all tests share: Kafka, PostgreSQL, ClickHouse and one silo, each started by the first test that asks for it. A test that harms a server takes one
/// of its own and shares the rest.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    /// <summary>What the shared silo's API wants.</summary>
    public const string Token = "a-token-for-the-end-to-end-tests";

    private readonly SharedServers _servers = new();
    private readonly Lazy<Task<ScratchServers>> _silos = new(ScratchServers.CreateAsync);
    private readonly Lazy<Task<SiloServer>> _silo;

    public Cluster() => _silo = new(() => NewSiloAsync());

    public Task<KafkaServer> KafkaAsync() => _servers.KafkaAsync();

    public Task<PostgresServer> PostgresAsync() => _servers.PostgresAsync();

    public Task<EmbeddedClickHouseServer> ClickHouseAsync() => _servers.EmbeddedClickHouseAsync();

    /// <summary>The silo that nobody harms.</summary>
    public Task<SiloServer> SiloAsync() => _silo.Value;

    /// <summary>A silo, and a cluster, of the caller's own.</summary>
    public async Task<SiloServer> NewSiloAsync()
    {
        var postgres = await PostgresAsync();
        return await StartSiloAsync(await _silos.Value, await postgres.CreateDatabaseAsync());
    }

    /// <summary>Starts a silo on a database.</summary>
    public static Task<SiloServer> StartSiloAsync(ScratchServers servers, string database)
    {
        var name = $"silo-{Guid.NewGuid():n}";
        return servers.StartAsync(name, folder => new SiloServer(folder, database, settings: new Dictionary<string, string> { ["ApiToken"] = Token }));
    }

    /// <summary>A pipeline with a topic of its own, on the shared servers where none is given.</summary>
    public async Task<PipelineUnderTest> NewPipelineAsync(
        int partitions = 4, SiloServer? silo = null, KafkaServer? kafka = null, EmbeddedClickHouseServer? clickHouse = null)
    {
        silo ??= await SiloAsync();
        kafka ??= await KafkaAsync();
        clickHouse ??= await ClickHouseAsync();
        var id = $"p-{Guid.NewGuid():n}";
        var topic = await kafka.CreateTopicAsync(id, partitions);
        var document = new Document { Id = id, Topic = topic, Brokers = kafka.BootstrapServers, ClickHouse = clickHouse.Http.Endpoint, Table = id.Replace('-', '_') };
        return new PipelineUnderTest(silo, kafka, clickHouse, partitions, document);
    }

    public async ValueTask DisposeAsync()
    {
        if (_silos.IsValueCreated) await (await _silos.Value).DisposeAsync();
        await _servers.DisposeAsync();
    }
}
