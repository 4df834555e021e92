using System.Globalization;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Servers.Postgres;
using ClickSink.Tests.Benchmarks.Reporting;
using ClickSink.Tests.Shared.Chaos;
using Npgsql;

namespace ClickSink.Tests.Benchmarks.Cluster;

/// <summary>
/// Many small pipelines on two silos: each moves rows, and then all are idle. What an idle one costs is the difference to silos without any. Arguments: pipelines
/// (default 200), seconds of idling (default 30).
/// </summary>
internal static class ManyPipelinesBench
{
    private const int Rows = 100;

    public static void Run(string[] arguments) => RunAsync(
        arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200,
        arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 30).GetAwaiter().GetResult();

    private static async Task RunAsync(int count, int seconds)
    {
        await using var set = await ServerSet.OpenAsync(Path.Combine(Checkout.DataFolder, "bench"), fresh: true);
        var postgres = await set.AddAsync("postgres", folder => new PostgresServer(folder));
        var kafka = await set.AddAsync("kafka", folder => new KafkaServer(folder));
        var clickHouse = await set.AddAsync("clickhouse", folder => new EmbeddedClickHouseServer(folder));
        await set.StartAsync();
        var database = await postgres.EnsureDatabaseAsync("clicksink");
        var silos = new List<SiloServer>();
        for (var i = 0; i < 2; i++)
        {
            var name = $"silo-{i}";
            silos.Add(await set.AddAsync(name, folder => new SiloServer(folder, database, name: name)));
        }

        await set.StartAsync();
        var pool = new SiloPool(silos);
        var before = await CostAsync(silos, database, seconds);
        await clickHouse.Http.QueryAsync("CREATE TABLE many (seq UInt64, topic String) ENGINE = MergeTree ORDER BY topic SETTINGS non_replicated_deduplication_window = 10000");
        for (var i = 0; i < count; i++)
        {
            var topic = $"many-{i}";
            await kafka.CreateTopicAsync(topic);
            await pool.AskAsync(HttpMethod.Put, $"api/pipelines/{topic}", Document(topic, kafka, clickHouse), CancellationToken.None);
        }

        Console.WriteLine($"{count} pipelines are in place; sending {Rows} events to each");
        var events = new EngagementEvents(1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        for (var i = 0; i < count; i++)
            EventProducer.Send(new KafkaSourceOptions { Brokers = kafka.BootstrapServers, Topic = $"many-{i}", Properties = KafkaServer.ClientSettings }, 1, events, 0, Rows, null, CancellationToken.None);
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        string found;
        while ((found = await clickHouse.Http.QueryAsync("SELECT count(), uniqExact(topic, seq), uniqExact(topic) FROM many FORMAT TabSeparated")) != $"{count * Rows}\t{count * Rows}\t{count}")
        {
            if (TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromMinutes(3)) throw new TimeoutException($"not every pipeline moves rows: rows, different rows, topics are {found.Replace('\t', ' ')}");
            await timer.WaitForNextTickAsync();
        }

        Console.WriteLine($"every pipeline has stored its rows, {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s after the last event");
        using (var settle = new PeriodicTimer(TimeSpan.FromSeconds(10))) await settle.WaitForNextTickAsync();
        var idle = await CostAsync(silos, database, seconds);
        BenchReport.Write(
            "pipelines",
            BenchRow.Of("threads", "threads an idle pipeline", (idle.Threads - before.Threads) / count),
            BenchRow.Of("memory", "MB an idle pipeline", (idle.Megabytes - before.Megabytes) / count),
            BenchRow.Of("writes", "PostgreSQL writes/s an idle pipeline", (idle.WritesPerSecond - before.WritesPerSecond) / count),
            BenchRow.Of("cpu", "% of a core an idle pipeline", (idle.CpuPercent - before.CpuPercent) / count));
    }

    private static string Document(string topic, KafkaServer kafka, EmbeddedClickHouseServer clickHouse) => $$"""
        id: {{topic}}
        source:
          kafka: { brokers: "{{kafka.BootstrapServers}}", topic: {{topic}}, properties: { api.version.request: "false", broker.version.fallback: 0.9.0.1 } }
        mapping:
          columns:
            - { name: seq, type: UInt64, missing: reject }
            - { name: topic, type: String, path: $kafka.topic }
        sinks:
          - clickhouse: { url: "{{clickHouse.Http.Endpoint.GetLeftPart(UriPartial.Authority)}}", table: many }
        """;

    private static async Task<Cost> CostAsync(List<SiloServer> silos, string database, int seconds)
    {
        var cpu = silos.Sum(silo => ProcessCpu.Seconds(silo.Pid!.Value));
        var writes = await WritesAsync(database);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(seconds));
        await timer.WaitForNextTickAsync();
        return new Cost(
            silos.Sum(silo => Status(silo, "Threads")),
            silos.Sum(silo => Status(silo, "VmRSS")) / 1024,
            (await WritesAsync(database) - writes) / seconds,
            (silos.Sum(silo => ProcessCpu.Seconds(silo.Pid!.Value)) - cpu) / seconds * 100);
    }

    private static double Status(SiloServer silo, string name) => double.Parse(
        File.ReadLines($"/proc/{silo.Pid}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    private static async Task<double> WritesAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::float8 FROM pg_stat_user_tables", connection);
        return (double)(await command.ExecuteScalarAsync())!;
    }

    private sealed record Cost(double Threads, double Megabytes, double WritesPerSecond, double CpuPercent);
}
