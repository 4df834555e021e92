using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Mapping.Inference;

namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>Proposes how to make a table for inferred columns: the choices that decide how fast it is later, each explained.</summary>
public static class TableProposer
{
    private const int MaxLeadingColumns = 2;
    private const int MaxLeadingValues = 1000;

    /// <summary>Proposes a table.</summary>
    /// <param name="sink">The sink that the table is for.</param>
    /// <param name="mapping">Its columns.</param>
    /// <param name="fields">What is known of the columns' values.</param>
    /// <param name="server">What the server can do.</param>
    public static TableProposal Propose(
        ClickHouseSinkOptions sink, MappingPlan mapping, IReadOnlyList<FieldProposal> fields, ServerDescription server)
    {
        var sortable = mapping.Columns.Where(column => !column.Type.IsNullable).ToDictionary(column => column.Name, StringComparer.Ordinal);
        var time = sortable.Values.FirstOrDefault(column => TypeFits.Plain(column.Type).Kind is TypeKind.DateTime or TypeKind.DateTime64)
            ?? sortable.Values.FirstOrDefault(column => column.Type.Kind is TypeKind.Date);
        var orderBy = OrderBy(sortable, fields, time, out var why);
        var partitionBy = time is null ? null : $"toYYYYMM({Expression(time.Name)})";
        var options = new ClickHouseTableOptions { OrderBy = orderBy, PartitionBy = partitionBy };
        var ttl = time is null
            ? null
            : $"{(time.Type.Kind is TypeKind.DateTime64 ? $"toDateTime({Expression(time.Name)})" : Expression(time.Name))} + INTERVAL 90 DAY";
        return new TableProposal(
            options,
            [
                new("ENGINE", options.Engine, Engine(server)),
                new("ORDER BY", string.Join(", ", orderBy), why),
                new("PARTITION BY", partitionBy, time is null
                    ? "no column tells the time, so that nothing divides the rows in a way that old ones could be dropped by"
                    : $"a month of {time.Name} a part: old months can be dropped at once, and a block of new rows touches one or two. Finer partitions make many small parts"),
                new("TTL", null, ttl is null
                    ? "no column tells the time, so that rows cannot expire"
                    : $"rows are kept for ever; `ttl: {ttl}` in createTable would let them expire after 90 days"),
            ],
            ClickHouseTableDdl.Create(ClickHouseTableDdl.Name(sink.Database, sink.MainTable), options, mapping, server.HasWindow));
    }

    private static string Engine(ServerDescription server) => server is { HasToken: true, HasWindow: true }
        ? "keeps every row, and remembers the last inserts, so that a block that is sent again counts once. ReplacingMergeTree(version) would keep the newest row of each sorting key"
        : $"keeps every row. ClickHouse {server.Version} does not recognise an insert that comes twice: after a crash rows can be there twice";

    private static List<string> OrderBy(
        Dictionary<string, ColumnPlan> sortable, IReadOnlyList<FieldProposal> fields, ColumnPlan? time, out string why)
    {
        // Few different values first: they make runs, which compress well, and let a query skip what it does not ask for.
        var leading = fields.Where(
            field => field.Distinct is > 1 and <= MaxLeadingValues && sortable.ContainsKey(field.Column) && field.Type.StartsWith("LowCardinality", StringComparison.Ordinal))
            .OrderBy(field => field.Distinct).Take(MaxLeadingColumns).Select(field => field.Column).ToList();
        var id = fields.FirstOrDefault(field => sortable.ContainsKey(field.Column) && field.Column != time?.Name && IsIdentity(field));
        List<string> columns = [.. leading, .. time is null ? Array.Empty<string>() : [time.Name], .. id is null ? Array.Empty<string>() : [id.Column]];
        if (columns.Count == 0)
        {
            why = "no column without null has few values, tells the time or names the row: name what most queries filter by";
            return ["tuple()"];
        }

        var parts = new List<string>();
        if (leading.Count > 0)
            parts.Add(
                $"{string.Join(" and ", leading)} first, because {(leading.Count == 1 ? "it has" : "they have")} few different values: such rows lie together and compress well");
        if (time is not null) parts.Add($"{(leading.Count > 0 ? "then " : "")}{time.Name}, because most queries ask for a span of time");
        if (id is not null) parts.Add($"{id.Column} at the end, so that one row is found quickly");
        why = $"{string.Join("; ", parts)}. Put first what most queries filter by: it cannot be changed later";
        return [.. columns.Select(Expression)];
    }

    private static bool IsIdentity(FieldProposal field) =>
        (field.Type is "UUID"
            || field.Column.Equals("id", StringComparison.OrdinalIgnoreCase)
            || field.Column.EndsWith("_id", StringComparison.OrdinalIgnoreCase))
        && (field.Distinct is null || field.Distinct == field.Values);

    // createTable takes expressions, so that a name that is none of its own has to be quoted.
    private static string Expression(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_') && !char.IsAsciiDigit(name[0]) ? name : ClickHouseText.Identifier(name);
}
