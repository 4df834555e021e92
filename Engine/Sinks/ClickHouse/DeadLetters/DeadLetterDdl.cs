namespace ClickSink.Engine.Sinks.ClickHouse.DeadLetters;

/// <summary>The table of rejected records: how it is made, and how one of a former release gets what it lacks.</summary>
internal static class DeadLetterDdl
{
    private const string Status = "Enum8('rejected' = 1, 'replayed' = 2, 'discarded' = 3)";

    // Types that server 18.16 has as well. `IsFormer`: the columns that tables of release 0.1 have; the others are added with their
    // defaults.
    private static readonly (string Name, string Type, bool IsFormer)[] All =
    [
        ("pipeline", "String", true), ("topic", "String", true), ("partition", "Int32", true), ("offset", "Int64", true),
        ("version", "UInt64", false), ("status", $"{Status} DEFAULT 'rejected'", false),
        ("timestamp", "DateTime", true), ("timestamp_ms", "Int64 DEFAULT toInt64(toUInt32(timestamp)) * 1000", false), ("rejected_at", "DateTime", true),
        ("updated_at", "DateTime DEFAULT rejected_at", false),
        ("reason", "String", true), ("column", "String", true), ("path", "String", true), ("value", "String", true),
        ("attempts", "UInt32", false), ("replay", "String", false), ("pipeline_version", "Int32", false),
        ("stored_routes", "String", false), ("headers", "String", false), ("key", "String", true), ("payload", "String", true), (
            "payload_bytes", "UInt64 DEFAULT length(payload)", false),
    ];

    /// <summary>The columns, as an INSERT names them.</summary>
    public static string Columns { get; } = $"({string.Join(", ", All.Select(c => ClickHouseText.Identifier(c.Name)))})";

    /// <summary>The names of the columns.</summary>
    public static IEnumerable<string> Names => All.Select(c => c.Name);

    /// <summary>The statement that makes the table where there is none.</summary>
    public static string Create(string table, bool hasWindow)
    {
        var sql = $"""
            CREATE TABLE IF NOT EXISTS {table}
            (
                {string.Join(",\n    ", All.Select(c => $"{ClickHouseText.Identifier(c.Name)} {c.Type}"))}
            )
            ENGINE = ReplacingMergeTree(version)
            ORDER BY (pipeline, topic, partition, offset)
            """;
        return hasWindow ? $"{sql}\nSETTINGS non_replicated_deduplication_window = {ClickHouseTableDdl.DeduplicationWindow}" : sql;
    }

    /// <summary>The statement that adds what a table of a former release lacks; null when it lacks nothing.</summary>
    public static string? Complete(string table, IReadOnlySet<string> present)
    {
        var missing = All.Where(c => !present.Contains(c.Name)).Select(c => $"ADD COLUMN {ClickHouseText.Identifier(c.Name)} {c.Type}").ToList();
        return missing.Count == 0 ? null : $"ALTER TABLE {table} {string.Join(", ", missing)}";
    }

    /// <summary>The columns without which a table is none of ours.</summary>
    public static IEnumerable<string> MissingFromFormer(IReadOnlySet<string> present) =>
        All.Where(c => c.IsFormer && !present.Contains(c.Name)).Select(c => c.Name);
}
