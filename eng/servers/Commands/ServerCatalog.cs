using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Servers.Postgres;
using ClickSink.Servers.Redis;

namespace ClickSink.Servers.Commands;

/// <summary>The servers by the names that the command line knows.</summary>
internal static class ServerCatalog
{
    public static readonly string[] Names = ["postgres", "kafka", "clickhouse", "embedded", "redis"];

    public static Server Create(string name, ServerFolder folder, int? port, string? embeddedCommand) => name switch
    {
        "postgres" => new PostgresServer(folder, port),
        "kafka" => new KafkaServer(folder, port),
        "clickhouse" => new ClickHouseServer(folder, port),
        "redis" => new RedisServer(folder, port),
        "embedded" => new EmbeddedClickHouseServer(folder, port, embeddedCommand?.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        _ => throw new ServerException($"There is no server \"{name}\". Known are {string.Join(", ", Names)}."),
    };
}
