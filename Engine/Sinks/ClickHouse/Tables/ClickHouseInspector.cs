using System.Globalization;

namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>
/// Asks a ClickHouse server what it has. Nothing is changed, <see cref="ExecuteAsync"/> aside. Tested with 18.16 and 26.5.
/// </summary>
public sealed class ClickHouseInspector : IDisposable
{
    private static readonly string[] WindowSettings = ["non_replicated_deduplication_window", "replicated_deduplication_window"];
    private static readonly string[] TableFacts = ["engine", "create_table_query", "sorting_key", "partition_key", "primary_key", "total_rows", "total_bytes"];

    private readonly ClickHouseSinkOptions _options;
    private readonly ClickHouseClient _client;

    /// <summary>Makes an inspector; the server is not contacted yet.</summary>
    /// <param name="options">Address, user and password; a table is not needed.</param>
    /// <param name="timeout">How long one question may take.</param>
    public ClickHouseInspector(ClickHouseSinkOptions options, TimeSpan timeout)
    {
        // Not in the sink's database, which may not exist: whatever is asked is named in full.
        _options = options with { Database = "system", Timeout = timeout };
        _client = new ClickHouseClient(_options);
    }

    /// <summary>What the server is.</summary>
    /// <exception cref="ClickHouseInquiryException">It does not answer, or refuses.</exception>
    public async Task<ServerDescription> ServerAsync(CancellationToken cancellation)
    {
        var about = (await QueryAsync("SELECT version(), timezone()", "ask for the version", cancellation)).First();
        var families = await QueryAsync("SELECT name FROM system.data_type_families", "ask for the types", cancellation);
        var windows = await WindowsAsync(cancellation);
        return new ServerDescription(
            about[0], about[1], families.Select(row => row[0]).ToHashSet(StringComparer.Ordinal), windows.ContainsKey(WindowSettings[0]),
            await HasTokenAsync(cancellation));
    }

    /// <summary>The databases, without the server's own.</summary>
    /// <exception cref="ClickHouseInquiryException">The server does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<string>> DatabasesAsync(CancellationToken cancellation)
    {
        var rows = await QueryAsync(
            "SELECT name FROM system.databases WHERE name NOT IN ('system', 'INFORMATION_SCHEMA', 'information_schema', '_temporary_and_external_tables') ORDER BY name", "list databases", cancellation);
        return [.. rows.Select(row => row[0])];
    }

    /// <summary>The tables of a database, by name.</summary>
    /// <exception cref="ClickHouseInquiryException">The server does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<TableSummary>> TablesAsync(string database, CancellationToken cancellation)
    {
        var facts = await KnownFactsAsync(cancellation);
        var rows = await QueryAsync(
            $"SELECT name, engine, {Pick(facts, "total_rows")}, {Pick(facts, "total_bytes")} FROM system.tables WHERE database = {ClickHouseText.Literal(database)} ORDER BY name",
            $"list the tables of {database}", cancellation);
        var sizes = facts.Contains("total_rows") ? [] : await SizesAsync(database, cancellation);
        return [.. rows.Where(row => !row[0].StartsWith(".inner", StringComparison.Ordinal)).Select(row =>
        {
            var (count, bytes) = sizes.TryGetValue(row[0], out var size) ? size : (Number(row[2]), Number(row[3]));
            return new TableSummary(row[0], row[1], count, bytes);
        })];
    }

    /// <summary>One table; null when there is none of that name.</summary>
    /// <exception cref="ClickHouseInquiryException">The server does not answer, or refuses.</exception>
    public async Task<TableSchema?> TableAsync(string database, string table, CancellationToken cancellation)
    {
        var facts = await KnownFactsAsync(cancellation);
        var where = $"database = {ClickHouseText.Literal(database)}";
        var name = ClickHouseTableDdl.Name(database, table);
        var found = await QueryAsync(
            $"SELECT {string.Join(", ", TableFacts.Select(fact => Pick(facts, fact)))} FROM system.tables WHERE {where} AND name = {ClickHouseText.Literal(table)}", $"look at {name}", cancellation);
        if (found.FirstOrDefault() is not { } row) return null;
        var columns = await QueryAsync(
            $"SELECT name, type, default_kind, default_expression FROM system.columns WHERE {where} AND table = {ClickHouseText.Literal(table)}", $"look at the columns of {name}", cancellation);
        var (rows, bytes) = facts.Contains("total_rows")
            ? (Number(row[5]), Number(row[6]))
            : (await SizesAsync(database, cancellation)).GetValueOrDefault(table, (null, null));
        return new TableSchema
        {
            Database = database,
            Name = table,
            Engine = row[0],
            Definition = row[1],
            SortingKey = row[2],
            PartitionKey = row[3],
            PrimaryKey = row[4],
            Rows = rows,
            Bytes = bytes,
            Columns = [.. columns.Select(c => new TableColumn(c[0], c[1], c[2], c[3]))],
            Guarantee = ClickHouseTarget.Judge(row[0], row[1], await WindowsAsync(cancellation), await HasTokenAsync(cancellation)),
        };
    }

    /// <summary>Runs a statement that somebody has decided on: CREATE DATABASE, CREATE TABLE, ALTER TABLE.</summary>
    /// <exception cref="ClickHouseInquiryException">The server does not answer, or refuses.</exception>
    public async Task ExecuteAsync(string statement, string what, CancellationToken cancellation) =>
        Check(await _client.ExecuteAsync(statement, what, cancellation));

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private static void Check(SinkOutcome outcome)
    {
        if (outcome.Kind is not SinkOutcomeKind.Done)
            throw new ClickHouseInquiryException(outcome.Error!, outcome.Kind is SinkOutcomeKind.Blocked);
    }

    // What an old server does not know is empty.
    private static string Pick(IReadOnlySet<string> known, string fact) => known.Contains(fact) ? fact : "''";

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task<IReadOnlySet<string>> KnownFactsAsync(CancellationToken cancellation)
    {
        var rows = await QueryAsync(
            "SELECT name FROM system.columns WHERE database = 'system' AND table = 'tables'", "ask what is known of tables", cancellation);
        return rows.Select(row => row[0]).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<Dictionary<string, (long? Rows, long? Bytes)>> SizesAsync(string database, CancellationToken cancellation)
    {
        var rows = await QueryAsync(
            $"SELECT table, sum(rows), sum(bytes_on_disk) FROM system.parts WHERE active AND database = {ClickHouseText.Literal(database)} GROUP BY table", $"measure the tables of {database}", cancellation);
        return rows.ToDictionary(row => row[0], row => (Number(row[1]), Number(row[2])), StringComparer.Ordinal);
    }

    private async Task<Dictionary<string, string>> WindowsAsync(CancellationToken cancellation)
    {
        var names = string.Join(", ", WindowSettings.Select(ClickHouseText.Literal));
        var rows = await QueryAsync(
            $"SELECT name, value FROM system.merge_tree_settings WHERE name IN ({names})", "look up table settings", cancellation);
        return rows.ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
    }

    private async Task<bool> HasTokenAsync(CancellationToken cancellation) =>
        (await QueryAsync($"SELECT name FROM system.settings WHERE name = {ClickHouseText.Literal(InsertSettings.Token)}", "look up settings", cancellation)).Any();

    private async Task<IReadOnlyList<string[]>> QueryAsync(string query, string what, CancellationToken cancellation)
    {
        var (outcome, text) = await _client.QueryAsync($"{query} FORMAT TabSeparated", what, cancellation);
        Check(outcome);
        return [.. ClickHouseText.ReadTabSeparated(text)];
    }
}
