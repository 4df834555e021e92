using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>The CREATE TABLE statements that ClickSink runs.</summary>
internal static class ClickHouseTableDdl
{
    // How many blocks back a repetition is recognised. A replica has one block in hand at a time, so a thousand is room for a thousand replicas;
    // the server keeps some tens of bytes for each.
    internal const int DeduplicationWindow = 1000;

    /// <summary>A table for rows.</summary>
    /// <param name="name">Its full name, quoted.</param>
    /// <param name="table">How it is made.</param>
    /// <param name="mapping">Its columns.</param>
    /// <param name="hasWindow">Whether the server knows the deduplication window of plain MergeTree tables.</param>
    public static string Create(string name, ClickHouseTableOptions table, MappingPlan mapping, bool hasWindow)
    {
        var columns = string.Join(",\n    ", mapping.Columns.Select(c => $"{ClickHouseText.Identifier(c.Name)} {c.Type}"));
        var isMergeTree = table.Engine.Split('(')[0].EndsWith("MergeTree", StringComparison.Ordinal);
        var sql = $"CREATE TABLE IF NOT EXISTS {name}\n(\n    {columns}\n)\nENGINE = {table.Engine}";
        if (table.PartitionBy is not null) sql += $"\nPARTITION BY {table.PartitionBy}";
        if (isMergeTree) sql += $"\nORDER BY ({string.Join(", ", table.OrderBy)})";
        if (table.Ttl is not null) sql += $"\nTTL {table.Ttl}";
        if (isMergeTree && hasWindow) sql += $"\nSETTINGS non_replicated_deduplication_window = {DeduplicationWindow}";
        return sql;
    }

    /// <summary>A table's full name.</summary>
    public static string Name(string database, string table) => $"{ClickHouseText.Identifier(database)}.{ClickHouseText.Identifier(table)}";
}
