using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>Columns that a pipeline has added to its mapping by itself, and that its table may lack.</summary>
internal static class AddedColumns
{
    /// <summary>The statement that adds them; null if the table has them all. Others than those are for somebody to decide.</summary>
    /// <param name="mapping">The columns that the table is to get.</param>
    /// <param name="table">The table's full name.</param>
    /// <param name="known">The columns that it has.</param>
    public static string? Statement(MappingPlan mapping, string table, IReadOnlyDictionary<string, string> known)
    {
        var missing = mapping.Columns.Where(column => column.Added && !known.ContainsKey(column.Name)).ToList();
        if (missing.Count == 0) return null;
        // No IF NOT EXISTS, which servers before 19.1 do not know: who calls looks again whatever the answer is, since another replica may
        // have been quicker.
        return $"ALTER TABLE {table} {string.Join(", ", missing.Select(column => $"ADD COLUMN {ClickHouseText.Identifier(column.Name)} {column.Type}"))}";
    }
}
