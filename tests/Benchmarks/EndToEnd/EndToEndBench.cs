using System.Globalization;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Servers.Postgres;
using ClickSink.Tests.Benchmarks.Reporting;

namespace ClickSink.Tests.Benchmarks.EndToEnd;

/// <summary>
/// From a topic into a table of clickhouse-server 18.16: <c>kcat | clickhouse-client</c> and a one-replica pipeline by turns, on the same topic, table and
/// server. Arguments: rows (default 2000000), rounds (default 5). The first round of each side is not counted.
/// </summary>
internal static class EndToEndBench
{
    private const string Topic = "engagement";
    private const int Partitions = 4;

    public static void Run(string[] arguments) => RunAsync(
        arguments.Length > 0 ? long.Parse(arguments[0], CultureInfo.InvariantCulture) : 2_000_000,
        arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5).GetAwaiter().GetResult();

    private static async Task RunAsync(long rows, int rounds)
    {
        await using var set = await ServerSet.OpenAsync(Path.Combine(Checkout.DataFolder, "bench"), fresh: true);
        var postgres = await set.AddAsync("postgres", folder => new PostgresServer(folder));
        var kafka = await set.AddAsync("kafka", folder => new KafkaServer(folder));
        var clickHouse = await set.AddAsync("clickhouse", folder => new ClickHouseServer(folder));
        await set.StartAsync();
        var database = await postgres.EnsureDatabaseAsync("clicksink");
        var silo = await set.AddAsync("silo", folder => new SiloServer(folder, database));
        await silo.StartAsync();
        await kafka.CreateTopicAsync(Topic, Partitions);
        Console.WriteLine($"sending {rows} events");
        var target = new KafkaSourceOptions { Brokers = kafka.BootstrapServers, Topic = Topic, Properties = KafkaServer.ClientSettings };
        EventProducer.Send(target, Partitions, new EngagementEvents(1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)), 0, rows, null, CancellationToken.None);

        var table = new BenchTable(clickHouse.Http);
        List<Timing> ours = [], peers = [];
        for (var round = 0; round <= rounds; round++)
        {
            await table.CreateAsync();
            var peer = await Peer.RunAsync(kafka, clickHouse, Topic);
            await table.CheckAsync("kcat | clickhouse-client", rows);
            await table.CreateAsync();
            var our = await OurPipeline.RunAsync(silo, kafka, clickHouse, Topic, table, rows, $"bench-{round}");
            await table.CheckAsync("clicksink", rows);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: kcat | clickhouse-client {peer.Seconds:0.00} s ({peer.CpuSeconds:0.00} s CPU), clicksink {our.Seconds:0.00} s ({our.CpuSeconds:0.00} s CPU)"));
            if (round == 0) continue;
            peers.Add(peer);
            ours.Add(our);
        }

        BenchReport.Write(
            "end-to-end",
            BenchRow.Of("rows", "rows/s", rows / BenchReport.Median(ours.Select(t => t.Seconds)), rows / BenchReport.Median(peers.Select(t => t.Seconds))),
            BenchRow.Of("cpu", "CPU-seconds a million rows", BenchReport.Median(ours.Select(t => t.CpuSeconds)) / rows * 1e6, BenchReport.Median(peers.Select(t => t.CpuSeconds)) / rows * 1e6));
    }
}
