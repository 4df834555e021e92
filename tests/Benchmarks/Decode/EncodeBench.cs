using System.Diagnostics;
using System.Globalization;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Sinks.ClickHouse.Encoding;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Tests.Benchmarks.Reporting;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>
/// Bytes a second of the Native encoder, block after block into a buffer that is kept, so that one copy of the data is counted; and what
/// such blocks cost the server. Arguments: rows a block (default 200000), rounds (default 5).
/// </summary>
internal static class EncodeBench
{
    private const int EncodedBlocks = 200;
    private const int StoredBlocks = 40;

    public static void Run(string[] arguments) => RunAsync(
        arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200_000,
        arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5).GetAwaiter().GetResult();

    private static async Task RunAsync(int rows, int rounds)
    {
        var events = EventsInMemory.Create(rows, new EngagementEvents(seed: 1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)).Next);
        double speed = BenchReport.Median(MeasureEncoder(events, rows, rounds));
        await using var set = await ServerSet.OpenAsync(Path.Combine(Checkout.DataFolder, "bench-encode"), fresh: true);
        var server = await set.AddAsync("clickhouse", folder => new ClickHouseServer(folder));
        await server.StartAsync();
        using var cpu = new ServerCpu(server, rows, StoredBlocks);
        using ColumnBlock block = cpu.Decode(events);
        var path = Path.Combine(set.Folder.Path, "blocks.native");
        await using (var file = File.Create(path))
        {
            for (int i = 0; i < StoredBlocks; i++) NativeEncoder.Write(block, file);
        }

        // The first round of either side is not counted.
        List<double> ours = [], peers = [];
        for (int round = 0; round <= rounds; round++)
        {
            double peer = await cpu.RunPeerAsync(path), our = await cpu.RunOursAsync(block);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {round}: server CPU a million rows: clickhouse-client {peer:0.000} s, clicksink {our:0.000} s"));
            if (round == 0) continue;
            peers.Add(peer);
            ours.Add(our);
        }

        BenchReport.Write(
            "encode",
            BenchRow.Of("native", "GB/s", speed),
            BenchRow.Of("server-cpu", "CPU-seconds a million rows", BenchReport.Median(ours), BenchReport.Median(peers)));
    }

    private static List<double> MeasureEncoder(EventsInMemory events, int rows, int rounds)
    {
        MappingPlan plan = DemoMapping.Compile();
        var decoder = new JsonDecoder(plan);
        using ColumnBlock block = plan.CreateBlock();
        for (int row = 0; row < rows; row++)
        {
            if (!decoder.TryDecode(new Message { Value = events[row] }, block, out RowFault? fault))
                throw new InvalidOperationException(fault.Reason);
        }

        using var destination = new MemoryStream((int)block.Bytes + 4096);
        List<double> speeds = [];
        for (int round = 0; round <= rounds; round++)
        {
            long bytes = 0;
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < EncodedBlocks / rounds; i++)
            {
                destination.Position = 0;
                bytes += NativeEncoder.Write(block, destination);
            }

            if (round > 0) speeds.Add(bytes / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
        }

        return speeds;
    }
}
