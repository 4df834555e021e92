using System.Diagnostics;
using System.Globalization;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Tests.Benchmarks.Reporting;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>
/// Rows a second of the JSON decoder on one thread, over events in memory, in blocks as the worker makes them; by turns with ClickHouse's
/// own parser over the same bytes into the same columns. Arguments: rows of the demo's shape (default 2000000; a quarter of them of the
/// wide shape, whose events are four times as large), rounds (default 5).
/// </summary>
internal static class DecodeBench
{
    private const int BlockRows = 100_000;

    public static void Run(string[] arguments) => RunAsync(
        arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2_000_000,
        arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5).GetAwaiter().GetResult();

    private static async Task RunAsync(int rows, int rounds)
    {
        await using var set = await ServerSet.OpenAsync(Path.Combine(Checkout.DataFolder, "bench-decode"), fresh: true);
        var server = await set.AddAsync("embedded", folder => new EmbeddedClickHouseServer(folder));
        await server.StartAsync();
        List<BenchRow> report = [];
        foreach (var make in new Func<DecodeShape>[] { () => DecodeShape.Demo(rows), () => DecodeShape.Wide(rows / 4) })
        {
            var shape = make();
            var path = Path.Combine(set.Folder.Path, $"{shape.Name}.json");
            shape.Events.WriteTo(path);
            using var peer = new ChdbParser(server, shape, path);
            report.Add(await MeasureAsync(shape, peer, rounds));
            File.Delete(path);
            GC.Collect();
        }

        report.Add(TransformBench.Measure(rows / 4, rounds));
        BenchReport.Write("decode", [.. report]);
    }

    private static async Task<BenchRow> MeasureAsync(DecodeShape shape, ChdbParser peer, int rounds)
    {
        int rows = shape.Events.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{shape.Name}: {rows} events, {(double)shape.Events.Bytes / rows:F1} bytes each, {shape.Plan.Columns.Count} columns"));
        var decoder = new JsonDecoder(shape.Plan);
        using ColumnBlock block = shape.Plan.CreateBlock();

        // The first round of either side is not counted: it warms caches and, on ours, the compiler.
        Decode(shape.Events, decoder, block, Math.Min(rows, BlockRows));
        await peer.CompareAsync(block);
        Decode(shape.Events, decoder, block, rows);
        await peer.RunAsync();
        List<double> ours = [], theirs = [];
        long allocated = 0;
        for (int round = 1; round <= rounds; round++)
        {
            theirs.Add(await peer.RunAsync());
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            Decode(shape.Events, decoder, block, rows);
            ours.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {round}: chdb {theirs[^1]:0.00} s, clicksink {ours[^1]:0.00} s"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape.Name}: {shape.Events.Bytes / BenchReport.Median(ours) / 1e6:F0} MB/s, {(double)allocated / rounds / rows:F3} bytes allocated a row; chdb {shape.Events.Bytes / BenchReport.Median(theirs) / 1e6:F0} MB/s"));
        return BenchRow.Of(shape.Name, "rows/s", rows / BenchReport.Median(ours), rows / BenchReport.Median(theirs));
    }

    private static void Decode(EventsInMemory events, JsonDecoder decoder, ColumnBlock block, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            if (row % BlockRows == 0) block.Clear();
            if (!decoder.TryDecode(new Message { Value = events[row], Offset = row }, block, out RowFault? fault))
                throw new InvalidOperationException(fault.Reason);
        }
    }
}
