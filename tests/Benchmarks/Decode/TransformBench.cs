using System.Diagnostics;
using System.Globalization;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Transforms;
using ClickSink.Tests.Benchmarks.Reporting;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>
/// What a filter and two derived columns cost beside the decoding of the demo's events: rows a second that the transforms alone would do, by the time that they add. It
/// should be more than the rows a second of decoding.
/// </summary>
internal static class TransformBench
{
    private const int BlockRows = 100_000;
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static BenchRow Measure(int rows, int rounds)
    {
        var events = EventsInMemory.Create(rows, new EngagementEvents(seed: 1, Start).Next);
        using var plain = new Side([]);
        using var full = new Side(
        [
            new TransformOptions { Filter = "type != \"none\" && position_seconds >= 0.0" },
            new TransformOptions { Derive = new DeriveOptions { Name = "hour", Type = "UInt8", Value = "ts.getHours()" } },
            new TransformOptions { Derive = new DeriveOptions { Name = "kind", Type = "LowCardinality(String)", Value = "plan + \"/\" + device" } },
        ]);
        // The first round of either side is not counted: it warms caches and the compiler.
        plain.Run(events);
        full.Run(events);
        List<double> without = [], with = [];
        for (var round = 0; round < rounds; round++)
        {
            without.Add(plain.Run(events));
            with.Add(full.Run(events));
        }

        var (decode, both) = (BenchReport.Median(without), BenchReport.Median(with));
        var added = Math.Max(both - decode, 1e-6);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"transform: decoding {decode / rows * 1e9:0} ns a row, a filter and two derived columns {added / rows * 1e9:0} ns more ({added / decode:0.00} of it)"));
        return BenchRow.Of("transform", "rows/s", rows / added);
    }

    private sealed class Side : IDisposable
    {
        private readonly RowDecoder _decoder;
        private readonly StagedRows _rows;

        public Side(IReadOnlyList<TransformOptions> transforms)
        {
            var mapping = new MappingOptions { Columns = DemoMapping.Columns };
            var faults = new FaultList();
            if (!TransformPlan.TryCompile(new PipelineOptions { Mapping = mapping, Transforms = transforms }, out var plan, faults))
                throw new InvalidOperationException(string.Join("; ", faults));
            _decoder = plan.CreateDecoder(columns => new JsonDecoder(columns), TimeProvider.System);
            _rows = plan.Layout.CreateRows();
        }

        public double Run(EventsInMemory events)
        {
            var start = Stopwatch.GetTimestamp();
            for (var row = 0; row < events.Count; row++)
            {
                if (row % BlockRows == 0) _rows.Clear();
                if (!_decoder.TryDecode(new Message { Value = events[row], Offset = row }, _rows, out var fault)) throw new InvalidOperationException(fault.Reason);
            }

            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        public void Dispose()
        {
            _decoder.Dispose();
            _rows.Dispose();
        }
    }
}
