using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>The columns of a table that a mapping's columns are sent to: one for each, or one for each field of a Nested.</summary>
internal static class SentColumns
{
    /// <summary>Names and types, in the order in which they are sent.</summary>
    public static IEnumerable<TypeElement> Of(MappingPlan mapping) =>
        mapping.Columns.SelectMany(column => NestedColumn.Expand(column.Name, column.Type));

    /// <summary>The names as an INSERT lists them.</summary>
    public static string List(MappingPlan mapping) =>
        string.Join(", ", Of(mapping).Select(column => ClickHouseText.Identifier(column.Name!)));

    /// <summary>Compares with the table.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="table">The table's full name.</param>
    /// <param name="kinds">The table's columns, each with how its values come about: nothing, DEFAULT, MATERIALIZED, ALIAS or
    /// EPHEMERAL.</param>
    /// <returns>What is wrong and what to do; null if the table takes them all.</returns>
    public static string? FindFault(MappingPlan mapping, string table, IReadOnlyDictionary<string, string> kinds)
    {
        var computed = Of(mapping).Where(column => kinds.GetValueOrDefault(column.Name!) is "MATERIALIZED" or "ALIAS").Select(column => column.Name!).ToList();
        if (computed.Count > 0)
        {
            return $"table {table} computes {string.Join(", ", computed.Select(name => $"{name} ({kinds[name]})"))} by itself and takes no values for it. "
                + "To do: take it out of the mapping, or make it a DEFAULT column of the table";
        }

        var missing = Of(mapping).Where(column => !kinds.ContainsKey(column.Name!)).ToList();
        if (missing.Count == 0) return null;
        if (mapping.Columns.FirstOrDefault(column => column.Type.Kind is TypeKind.Nested && kinds.ContainsKey(column.Name)) is { } whole)
        {
            return $"table {table} has {whole.Name} as one column (flatten_nested = 0), not as one a field. "
                + $"To do: write its type in the mapping as Array(Tuple({string.Join(", ", whole.Type.Elements)}))";
        }

        var alter = string.Join(", ", missing.Select(column => $"ADD COLUMN {ClickHouseText.Identifier(column.Name!)} {column.Type}"));
        return $"table {table} has no column {string.Join(", ", missing.Select(column => column.Name))}. To do: take it out of the mapping, or ALTER TABLE {table} {alter}";
    }
}
