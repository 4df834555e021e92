using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>One table of a sink: the route that leads to it, its columns, and the insert into it. Immutable.</summary>
internal sealed class ClickHouseTablePlan
{
    private readonly int[]? _chosen;

    private ClickHouseTablePlan(string database, string route, string table, ClickHouseTableOptions? create, MappingPlan rows, IReadOnlyList<string>? columns)
    {
        Route = route;
        Table = table;
        Name = ClickHouseTableDdl.Name(database, table);
        Create = create;
        if (columns is not null)
        {
            // In the order of the rows, whatever the order of the names: the order says nothing to a table.
            _chosen = [.. Enumerable.Range(0, rows.Columns.Count).Where(i => columns.Contains(rows.Columns[i].Name))];
            rows = new MappingPlan([.. _chosen.Select(i => rows.Columns[i])]);
        }

        Columns = rows;
        Insert = $"INSERT INTO {Name} ({SentColumns.List(rows)}) FORMAT Native";
    }

    /// <summary>The route; empty without routing.</summary>
    public string Route { get; }

    /// <summary>The table's own name.</summary>
    public string Table { get; }

    /// <summary>The table's name with its database, quoted.</summary>
    public string Name { get; }

    /// <summary>How it is created when it is missing; null if it is not.</summary>
    public ClickHouseTableOptions? Create { get; }

    /// <summary>Its columns.</summary>
    public MappingPlan Columns { get; }

    /// <summary>The statement that inserts a block.</summary>
    public string Insert { get; }

    /// <summary>The tables of a sink.</summary>
    /// <param name="options">The sink's options.</param>
    /// <param name="rows">The columns that its blocks have.</param>
    public static IReadOnlyList<ClickHouseTablePlan> All(ClickHouseSinkOptions options, MappingPlan rows) => options.Tables.Count == 0
        ? [new(options.Database, "", options.Table ?? "", options.CreateTable, rows, null)]
        : [.. options.Tables.Select(t => new ClickHouseTablePlan(options.Database, t.Route, t.Table, t.CreateTable, rows, t.Columns))];

    /// <summary>The part of a block that the table gets: a view of the same columns.</summary>
    public ColumnBlock Choose(ColumnBlock rows)
    {
        if (_chosen is null) return rows;
        var view = new ColumnBlock(Columns, Array.ConvertAll(_chosen, i => rows.ColumnArray[i]), rows.Pool);
        view.ShowRows(rows.Rows);
        return view;
    }
}
