using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>Compares a table with a mapping. The order of columns does not matter: an insert names them.</summary>
public static class TableCheck
{
    private static readonly Dictionary<string, string> NoRows = new(StringComparer.Ordinal)
    {
        ["View"] = "a view holds no rows",
        ["MaterializedView"] = "a materialized view is filled by its source table",
        ["LiveView"] = "a view holds no rows",
        ["WindowView"] = "a view holds no rows",
        ["Dictionary"] = "a dictionary is filled by its source",
        ["Merge"] = "a Merge table only reads from others",
        ["Kafka"] = "a Kafka table would send the rows back to Kafka",
    };

    private static readonly Dictionary<string, string> Doubtful = new(StringComparer.Ordinal)
    {
        ["Null"] = "a Null table forgets every row; only materialized views on it see them",
        ["Buffer"] = "a Buffer table keeps rows in memory for a while, and loses them when the server dies",
        ["Memory"] = "a Memory table is empty after a restart of the server",
        ["Distributed"] = "a Distributed table takes rows into a queue of its own by default: that they are stored is not known when the insert succeeds",
    };

    /// <summary>Compares.</summary>
    /// <param name="table">The table.</param>
    /// <param name="mapping">The mapping.</param>
    /// <returns>Every difference, the worst first.</returns>
    public static IReadOnlyList<TableDifference> Compare(TableSchema table, MappingPlan mapping)
    {
        var name = ClickHouseTableDdl.Name(table.Database, table.Name);
        var found = new List<TableDifference>();
        AddEngine(table, name, found);
        var columns = table.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        foreach (var column in mapping.Columns)
        {
            if (columns.TryGetValue(column.Name, out var target)) AddColumn(column, target, name, found);
            else AddMissing(column, table, name, found);
        }

        var mapped = mapping.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var column in table.Columns.Where(column => column.IsInsertable && !mapped.Contains(column.Name)))
            AddUnmapped(column, found);
        return [.. found.OrderByDescending(difference => difference.Severity)];
    }

    /// <summary>The only difference of a table that does not exist.</summary>
    /// <param name="table">The table that is missing.</param>
    /// <param name="hasWindow">Whether the server knows the deduplication window of plain MergeTree tables.</param>
    internal static TableDifference Missing(ClickHouseTablePlan table, bool hasWindow) => table.Create is null
        ? new(DifferenceKind.MissingTable, DifferenceSeverity.Error, null, $"there is no table {table.Name}", "create it, correct the sink's database and table, or set createTable")
        : new(
            DifferenceKind.MissingTable, DifferenceSeverity.Info, null, $"there is no table {table.Name} yet; it is made at the start, as createTable says", "nothing, or run the statement",
            ClickHouseTableDdl.Create(table.Name, table.Create, table.Columns, hasWindow));

    private static void AddEngine(TableSchema table, string name, List<TableDifference> found)
    {
        if (NoRows.TryGetValue(table.Engine, out var why))
            found.Add(new(
                DifferenceKind.WrongEngine, DifferenceSeverity.Error, null, $"{name} is a {table.Engine}: {why}",
                "choose the table that is to hold the rows"));
        else if (Doubtful.TryGetValue(table.Engine, out var doubt))
            found.Add(new(DifferenceKind.WrongEngine, DifferenceSeverity.Warning, null, doubt, "choose a table of the MergeTree family"));
        else if (table.Guarantee is { Level: GuaranteeLevel.AtLeastOnce, Reason: { } reason })
            found.Add(new(
                DifferenceKind.NoDeduplication, DifferenceSeverity.Warning, null, $"rows can be stored twice after a crash: {reason}",
                "let the table remember its last inserts", WindowStatement(table, name)));
    }

    private static string? WindowStatement(TableSchema table, string name) =>
        table.Engine.EndsWith("MergeTree", StringComparison.Ordinal)
            && table.Guarantee.Reason!.Contains("MODIFY SETTING", StringComparison.Ordinal)
        ? $"ALTER TABLE {name} MODIFY SETTING {(ClickHouseTarget.IsReplicated(table.Engine) ? "" : "non_")}replicated_deduplication_window = {ClickHouseTableDdl.DeduplicationWindow}"
        : null;

    private static void AddMissing(ColumnPlan column, TableSchema table, string name, List<TableDifference> found)
    {
        var alike = table.Columns.FirstOrDefault(c => c.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
        found.Add(new(
            DifferenceKind.MissingColumn, DifferenceSeverity.Error, column.Name,
            alike is null
                ? $"the table has no column {column.Name}"
                : $"the table has no column {column.Name}, but one that is written {alike.Name}",
            alike is null
                ? "add it to the table, or take it out of the mapping"
                : $"write {alike.Name} in the mapping, and name the path if it is the key that differs",
            alike is null ? $"ALTER TABLE {name} ADD COLUMN {ClickHouseText.Identifier(column.Name)} {column.Type}" : null));
    }

    private static void AddColumn(ColumnPlan column, TableColumn target, string name, List<TableDifference> found)
    {
        var identifier = ClickHouseText.Identifier(column.Name);
        if (!target.IsInsertable)
        {
            found.Add(new(
                DifferenceKind.ComputedColumn, DifferenceSeverity.Error, column.Name, $"the table computes {column.Name} itself: {target.DefaultKind} {target.DefaultExpression}",
                "take it out of the mapping"));
            return;
        }

        if (!ColumnType.TryParse(target.Type, out var type, out var error))
        {
            found.Add(new(
                DifferenceKind.OtherType, DifferenceSeverity.Warning, column.Name, $"the table's type {target.Type} cannot be compared: {error}", "see whether a test insert succeeds, or map another column"));
            return;
        }

        AddType(column, type, identifier, name, found);
        if (!column.Type.IsNullable || type.IsNullable) return;
        found.Add(new(
            DifferenceKind.MissingNull, DifferenceSeverity.Error, column.Name, $"the mapping's {column.Type} can be null, the table's {type} cannot: a block with a null is refused",
            $"set type: {type} in the mapping, whose missing policy then decides what stands in for null, or let the column have null",
            $"ALTER TABLE {name} MODIFY COLUMN {identifier} {Nullable(type)}"));
    }

    private static void AddType(ColumnPlan column, ColumnType type, string identifier, string name, List<TableDifference> found)
    {
        var toMapping = $"set type: {type} in the mapping";
        var toTable = $"ALTER TABLE {name} MODIFY COLUMN {identifier} {column.Type}";
        switch (TypeFits.Compare(column.Type, type))
        {
            case TypeFit.Lossless:
                found.Add(new(
                    DifferenceKind.WiderType, DifferenceSeverity.Info, column.Name,
                    $"the mapping's {column.Type} is stored as {type}; every value arrives as it is, and the server converts each block",
                    toMapping));
                break;
            case TypeFit.Narrowing:
                found.Add(new(
                    DifferenceKind.NarrowerType, DifferenceSeverity.Warning, column.Name, $"the mapping's {column.Type} is stored as {type}, which does not hold all of its values: the server cuts or refuses them",
                    $"{toMapping}, so that a value that does not fit is rejected with its record, or give the column the wider type", toTable));
                break;
            case TypeFit.Other:
                found.Add(new(
                    DifferenceKind.OtherType, DifferenceSeverity.Error, column.Name, $"the mapping's {column.Type} cannot be stored as {type}", $"{toMapping}, or give the column another type", toTable));
                break;
        }
    }

    private static void AddUnmapped(TableColumn column, List<TableDifference> found)
    {
        var gets = column.DefaultExpression.Length > 0
            ? column.DefaultExpression
            : column.Type.StartsWith("Nullable(", StringComparison.Ordinal) ? "null" : "the type's default";
        found.Add(new(
            DifferenceKind.UnmappedColumn, DifferenceSeverity.Info, column.Name,
            $"nothing is mapped to {column.Name} {column.Type}: each row gets {gets}", "map a field to it if messages have one"));
    }

    private static string Nullable(ColumnType type) =>
        type.Kind is TypeKind.LowCardinality ? $"LowCardinality(Nullable({type.Element}))" : $"Nullable({type})";
}
