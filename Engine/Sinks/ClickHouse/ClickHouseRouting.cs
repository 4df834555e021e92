using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Transforms;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>The rules between the tables of a sink and the rows that a document makes: each route has a table, each table a route and columns that there are.</summary>
internal static class ClickHouseRouting
{
    public static void Check(ClickHouseSinkOptions options, string path, TransformPlan rows, FaultList faults)
    {
        if (options.Tables.Count == 0)
        {
            if (rows.Routes.Count > 0) faults.Add($"{path}.tables", null, $"the transform route needs a table for each of {string.Join(", ", rows.Routes)}: write tables with route and table");
            return;
        }

        if (rows.Routes.Count == 0) faults.Add($"{path}.tables", null, "several tables need the transform route, which says which row goes where; use table for a single one");
        for (var i = 0; i < options.Tables.Count; i++) CheckTable(options.Tables, i, $"{path}.tables[{i}]", rows, faults);
        var without = rows.Routes.Where(route => options.Tables.All(table => table.Route != route)).ToList();
        if (rows.Routes.Count > 0 && without.Count > 0) faults.Add($"{path}.tables", null, $"no table has the route {string.Join(", ", without)}, which the transform route gives to rows");
    }

    private static void CheckTable(IReadOnlyList<ClickHouseRouteOptions> tables, int index, string path, TransformPlan rows, FaultList faults)
    {
        var table = tables[index];
        if (table.Route.Length > 0 && rows.Routes.Count > 0 && !rows.Routes.Contains(table.Route))
            faults.Add($"{path}.route", table.Route, $"no rule gives a row this route; there are {string.Join(", ", rows.Routes)}");
        if (tables.Take(index).Any(other => other.Route == table.Route && table.Route.Length > 0))
            faults.Add($"{path}.route", table.Route, "another table above has this route; name two routes in the rule's to instead");
        if (table.Columns is { Count: 0 }) faults.Add($"{path}.columns", null, "needs at least one column; leave it out for all of them");
        for (var i = 0; i < (table.Columns?.Count ?? 0); i++)
        {
            var column = table.Columns![i];
            if (rows.Layout.Output.Columns.All(known => known.Name != column))
                faults.Add($"{path}.columns[{i}]", column, "is no column of the mapping or of derive that is stored");
            else if (table.Columns.Take(i).Contains(column))
                faults.Add($"{path}.columns[{i}]", column, "stands here already");
        }
    }
}
