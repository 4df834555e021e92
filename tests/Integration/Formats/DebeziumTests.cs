using System.Globalization;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Formats;

/// <summary>Change events of a table into a ReplacingMergeTree, which then shows what the table has.</summary>
public sealed class DebeziumTests
{
    private readonly SharedServers _servers;

    public DebeziumTests(SharedServers servers) => _servers = servers;

    [Fact]
    public async Task Run_InsertsUpdatesAndDeletes_FinalIsTheSourcesTable()
    {
        var pipeline = await FormatPipeline.CreateAsync(_servers);
        var source = new SourceTable(seed: 42);
        List<string?> events = source.Change(2000);
        await using var worker = pipeline.NewWorker(
            "{ debezium: {} }",
            """
            { name: id, type: UInt32, missing: reject }
            { name: name, type: Nullable(String) }
            { name: price, type: "Decimal(10, 2)" }
            { name: at, type: "DateTime64(6, 'UTC')" }
            { name: version, type: UInt64, path: $debezium.version, missing: reject }
            { name: deleted, type: UInt8, path: $debezium.deleted, missing: reject }
            { name: op, type: LowCardinality(String), path: $debezium.op }
            """,
            "{ engine: \"ReplacingMergeTree(version, deleted)\", orderBy: [id] }");
        worker.Start();
        await pipeline.SendAsync([.. events.Take(700)]);
        await pipeline.UntilStoredAsync(worker);
        await pipeline.SendAsync([.. events.Skip(700)]);
        await pipeline.UntilStoredAsync(worker);

        // The version decides and not the order in which they come: events that come again, late, change nothing.
        await pipeline.SendAsync([.. events.Take(300)]);
        await pipeline.UntilStoredAsync(worker);

        string found = await pipeline.QueryAsync("SELECT id, name, price, at FROM {T} FINAL ORDER BY id FORMAT TabSeparated");
        Assert.Equal(source.Rows, found.Split('\n'));
        Assert.Equal(source.Operations, await pipeline.QueryAsync("SELECT uniqExact(op) FROM {T}"));
        Assert.NotEqual("0", await pipeline.QueryAsync("SELECT count() FROM {T} WHERE deleted = 1"));
    }

    /// <summary>A table in memory, and what Debezium's connector for PostgreSQL says of each change of it.</summary>
    private sealed class SourceTable(int seed)
    {
        private const string Schema = """
            {"type":"struct","optional":false,"name":"s.public.t.Envelope","fields":[{"type":"struct","optional":true,"field":"after","name":"s.public.t.Value","fields":[
            {"type":"int32","optional":false,"field":"id"},{"type":"string","optional":true,"field":"name"},
            {"type":"bytes","optional":false,"name":"org.apache.kafka.connect.data.Decimal","version":1,"parameters":{"scale":"2","connect.decimal.precision":"10"},"field":"price"},
            {"type":"int64","optional":false,"name":"io.debezium.time.MicroTimestamp","version":1,"field":"at"}]}]}
            """;

        private readonly Random _random = new(seed);
        private readonly SortedDictionary<int, (string? Name, int Cents, long Micros)> _rows = [];
        private readonly HashSet<string> _operations = [];
        private long _lsn = 1000;

        /// <summary>The rows as ClickHouse writes them.</summary>
        public IEnumerable<string> Rows => _rows.Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Key}\t{row.Value.Name ?? "\\N"}\t{row.Value.Cents / 100m:0.##}\t{DateTime.UnixEpoch.AddMicroseconds(row.Value.Micros):yyyy-MM-dd HH:mm:ss.ffffff}"));

        /// <summary>How many kinds of changes there were.</summary>
        public string Operations => _operations.Count.ToString(CultureInfo.InvariantCulture);

        public List<string?> Change(int changes)
        {
            List<string?> events = [];
            for (int i = 0; i < changes; i++)
            {
                int id = _random.Next(1, 120);
                bool exists = _rows.TryGetValue(id, out var before);
                if (exists && _random.Next(3) == 0)
                {
                    _rows.Remove(id);
                    events.Add(Event("d", Row(id, before), "null"));
                    // What the connector sends behind a delete, for compacted topics.
                    events.Add(null);
                    continue;
                }

                _rows[id] = (_random.Next(5) == 0 ? null : $"name {i}", _random.Next(-100_000, 100_000), _random.NextInt64(0, 1_700_000_000_000_000));
                events.Add(Event(exists ? "u" : i < 50 ? "r" : "c", exists ? Row(id, before) : "null", Row(id, _rows[id])));
            }

            return events;
        }

        private static string Row(int id, (string? Name, int Cents, long Micros) row)
        {
            byte[] cents = BitConverter.GetBytes(row.Cents);
            Array.Reverse(cents);
            string name = row.Name is null ? "null" : $"\"{row.Name}\"";
            return $$"""{"id":{{id}},"name":{{name}},"price":"{{Convert.ToBase64String(cents)}}","at":{{row.Micros}}}""";
        }

        private string Event(string op, string before, string after)
        {
            _operations.Add(op);
            _lsn += _random.Next(1, 100);
            return $$"""{"schema":{{Schema}},"payload":{"before":{{before}},"after":{{after}},"source":{"connector":"postgresql","lsn":{{_lsn}},"ts_ms":1},"op":"{{op}}","ts_ms":2} }""";
        }
    }
}
