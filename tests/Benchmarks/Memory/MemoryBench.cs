using System.Diagnostics;
using System.Globalization;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Servers.Postgres;
using ClickSink.Tests.Benchmarks.EndToEnd;
using ClickSink.Tests.Benchmarks.Reporting;

namespace ClickSink.Tests.Benchmarks.Memory;

/// <summary>
/// Resident memory of a silo with one pipeline of default settings that works off a backlog, while ClickHouse stands still for 30 seconds in the middle. Argument: rows
/// (default 5000000).
/// </summary>
internal static class MemoryBench
{
    private const string Topic = "engagement";
    private const string Pipeline = "bench-memory";
    private const int Partitions = 8;
    private const int BudgetMegabytes = 512;
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    public static void Run(string[] arguments) =>
        RunAsync(arguments.Length > 0 ? long.Parse(arguments[0], CultureInfo.InvariantCulture) : 5_000_000).GetAwaiter().GetResult();

    private static async Task RunAsync(long rows)
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
        var events = new EngagementEvents(1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        EventProducer.Send(target, Partitions, events, 0, rows, null, CancellationToken.None);

        var table = new BenchTable(clickHouse.Http);
        await table.CreateAsync();
        using var memory = new ResidentMemory(silo.Pid!.Value);
        await OurPipeline.CreateAsync(silo, kafka, clickHouse, Topic, Pipeline);
        await OurPipeline.WaitForRowsAsync(silo, table, rows / 10, Pipeline);

        var stalledAt = Stopwatch.GetTimestamp();
        clickHouse.Freeze();
        await memory.WatchAsync(Stall);
        clickHouse.Thaw();
        var settled = memory.Between(stalledAt, Settled, Settled + Settled);
        var last = memory.Between(stalledAt, Stall - Settled, Stall);
        await OurPipeline.WaitForRowsAsync(silo, table, rows, Pipeline);
        await table.CheckAsync("clicksink", rows);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"ClickHouse stood still for {Stall.TotalSeconds:0} s: {settled:0} MB after 10 to 20 s, {last:0} MB in the last 10 s"));

        // The peer is the budget: what a silo with one pipeline of default settings may take.
        BenchReport.Write("memory", BenchRow.Of("peak", "MB", memory.Peak, BudgetMegabytes), BenchRow.Of("growth", "MB", last - settled));
    }
}
