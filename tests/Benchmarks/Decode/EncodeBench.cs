using System.Diagnostics;
using System.Globalization;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Sinks.ClickHouse.Encoding;
using ClickSink.Engine.Sources.Generator;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>
/// Bytes a second of the Native encoder, block after block into a buffer that is kept, so that one copy of the data is
/// counted. Arguments: rows a block (default 200000), blocks (default 200).
/// </summary>
internal static class EncodeBench
{
    public static void Run(string[] arguments)
    {
        int rows = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200_000;
        int blocks = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 200;
        var events = EventsInMemory.Create(rows, new EngagementEvents(seed: 1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)).Next);
        MappingPlan plan = DemoMapping.Compile();
        var decoder = new JsonDecoder(plan);
        using ColumnBlock block = plan.CreateBlock();
        for (int row = 0; row < rows; row++)
        {
            if (!decoder.TryDecode(new Message { Value = events[row] }, block, out RowFault? fault)) throw new InvalidOperationException(fault.Reason);
        }

        using var destination = new MemoryStream((int)block.Bytes + 4096);
        long bytes = 0;
        NativeEncoder.Write(block, destination);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < blocks; i++)
        {
            destination.Position = 0;
            bytes += NativeEncoder.Write(block, destination);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"encode: {blocks} blocks of {rows} rows, {bytes / blocks} bytes each: {bytes / seconds / 1e9:F2} GB/s, {rows * (double)blocks / seconds / 1e6:F1} M rows/s"));
    }
}
