using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>
/// Rows a second and bytes allocated a row of the JSON decoder on one thread, over events in memory, in blocks as the
/// worker makes them. Beside it, as a yardstick that is on every machine, Utf8JsonReader walking over the same tokens.
/// Arguments: rows (default 2000000), rounds (default 5).
/// </summary>
internal static class DecodeBench
{
    private const int BlockRows = 100_000;

    public static void Run(string[] arguments)
    {
        int rows = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2_000_000;
        int rounds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5;
        var events = EventsInMemory.Create(rows);
        Console.WriteLine($"decode: {rows} events, {(double)events.Bytes / rows:F1} bytes each");

        MappingPlan plan = DemoMapping.Compile();
        var decoder = new JsonDecoder(plan);
        using ColumnBlock block = plan.CreateBlock();
        Decode(events, decoder, block, Math.Min(rows, 2 * BlockRows));
        Report("clicksink", rows, events.Bytes, rounds, () => Decode(events, decoder, block, rows));
        Report("Utf8JsonReader tokens", rows, events.Bytes, Math.Min(rounds, 2), () => Walk(events, rows));
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

    private static void Walk(EventsInMemory events, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            var reader = new Utf8JsonReader(events[row]);
            while (reader.Read())
            {
            }
        }
    }

    private static void Report(string name, int rows, long bytes, int rounds, Action run)
    {
        double[] seconds = new double[rounds];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            seconds[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(seconds);
        double median = seconds[rounds / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {rows / median / 1e6:F2} M rows/s, {bytes / median / 1e6:F0} MB/s (best {rows / seconds[0] / 1e6:F2}), {(double)allocated / rounds / rows:F3} bytes allocated a row"));
    }
}
