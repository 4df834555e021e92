using System.Diagnostics;
using System.Globalization;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>
/// Looks, now and then, how many partitions of a table an insert has touched: each gets a part of its own, and many small parts are what
/// slows a server down. It asks <c>system.parts</c> for the parts that are as new as the insert, which is cheap, and exact as long as nobody
/// else inserts in the same second.
/// </summary>
internal sealed class PartitionAdvisor
{
    /// <summary>From this many partitions an insert on it is told.</summary>
    public const int Many = 20;

    // An insert of so many rows a partition makes parts of a decent size.
    private const int FewRows = 10_000;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private readonly ClickHouseClient _client;
    private readonly string _table;
    private readonly string _where;
    private readonly string _key;
    private long _askedAt;

    /// <param name="client">The server.</param>
    /// <param name="database">The table's database.</param>
    /// <param name="table">The table.</param>
    /// <param name="key">The table's partition key; empty for none.</param>
    public PartitionAdvisor(ClickHouseClient client, string database, string table, string key)
    {
        _client = client;
        _table = ClickHouseTableDdl.Name(database, table);
        _where = $"database = {ClickHouseText.Literal(database)} AND table = {ClickHouseText.Literal(table)}";
        _key = key;
    }

    /// <summary>What to change; null when nothing needs to be, or nothing is known.</summary>
    public string? Advice { get; private set; }

    /// <summary>Looks at an insert that has just been stored, if it is time to.</summary>
    /// <param name="rows">How many rows it had.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="cancellation">Ends it.</param>
    public async ValueTask ObserveAsync(int rows, TimeSpan took, CancellationToken cancellation)
    {
        if (_key.Length == 0 || (_askedAt != 0 && Stopwatch.GetElapsedTime(_askedAt) < Period)) return;
        _askedAt = Stopwatch.GetTimestamp();
        var seconds = (int)Math.Ceiling(took.TotalSeconds);
        var (outcome, text) = await _client.QueryAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT uniqExact(partition) FROM system.parts WHERE {_where} AND level = 0 AND modification_time >= now() - {seconds} FORMAT TabSeparated"),
            $"count the partitions of an insert into {_table}", cancellation);
        // Whoever may not read system.parts does without the advice.
        if (outcome.Kind is SinkOutcomeKind.Done && int.TryParse(text, CultureInfo.InvariantCulture, out var partitions)) Advice = Judge(partitions, rows);
    }

    /// <summary>Judges an insert.</summary>
    internal string? Judge(int partitions, int rows) => partitions < Many || rows / partitions >= FewRows
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"one block of {rows} rows touched {partitions} partitions of {_table} (PARTITION BY {_key}), each of which got a part of its own: set a coarser PARTITION BY, or larger blocks (delivery.maxRows, maxWait)");
}
