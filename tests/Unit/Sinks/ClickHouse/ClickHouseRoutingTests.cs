using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse;
using Xunit;

namespace ClickSink.Tests.Unit.Sinks.ClickHouse;

public sealed class ClickHouseRoutingTests
{
    private const string Route = "[{ route: { rules: [{ when: id > 1, to: [a] }], otherwise: [b] } }]";
    private const string Both = "[{ route: a, table: t1 }, { route: b, table: t2, columns: [name] }]";

    [Fact]
    public void Read_TableForEachRoute_HasNoFault() => Assert.Empty(Faults(Route, $"tables: {Both}"));

    [Theory]
    [InlineData(Route, "table: t", "sinks[0].clickhouse.tables", "needs a table for each of a, b")]
    [InlineData("[]", "tables: " + Both, "sinks[0].clickhouse.tables", "need the transform route")]
    [InlineData("[]", "user: u", "sinks[0].clickhouse.table", "is required")]
    [InlineData(Route, "table: t, tables: " + Both, "sinks[0].clickhouse.table", "cannot stand beside tables")]
    [InlineData(Route, "createTable: { orderBy: [id] }, tables: " + Both, "sinks[0].clickhouse.createTable", "cannot stand beside tables")]
    [InlineData(Route, "tables: [{ route: a, table: t1 }]", "sinks[0].clickhouse.tables", "no table has the route b")]
    [InlineData(Route, "tables: [{ route: a, table: t1 }, { route: b, table: t2 }, { route: c, table: t3 }]", "sinks[0].clickhouse.tables[2].route", "no rule gives a row this route")]
    [InlineData(Route, "tables: [{ route: a, table: t1 }, { route: b, table: t2 }, { route: b, table: t3 }]", "sinks[0].clickhouse.tables[2].route", "another table above")]
    [InlineData(Route, "tables: [{ route: a, table: t1, columns: [] }, { route: b, table: t2 }]", "sinks[0].clickhouse.tables[0].columns", "at least one column")]
    [InlineData(Route, "tables: [{ route: a, table: t1, columns: [id, hidden] }, { route: b, table: t2 }]", "sinks[0].clickhouse.tables[0].columns[1]", "that is stored")]
    [InlineData(Route, "tables: [{ route: a, table: t1, columns: [id, id] }, { route: b, table: t2 }]", "sinks[0].clickhouse.tables[0].columns[1]", "stands here already")]
    [InlineData(Route, "tables: [{ route: a, table: t1, createTable: { orderBy: [] } }, { route: b, table: t2 }]", "sinks[0].clickhouse.tables[0].createTable.orderBy", "at least one column")]
    public void Read_RoutesAndTablesThatDoNotMatch_IsAFault(string transforms, string sink, string path, string rule)
    {
        var fault = Assert.Single(Faults(transforms, sink));
        Assert.Equal(path, fault.Path);
        Assert.Contains(rule, fault.Rule);
    }

    [Fact]
    public void Choose_SomeColumns_AreAViewInTheOrderOfTheRows()
    {
        var document = PipelineDocument.Read(Text(Route, "tables: [{ route: a, table: t1, columns: [name, id] }, { route: b, table: t2, columns: [name] }]"), [])!;
        var plan = Engine.Delivery.PipelinePlan.Compile(document.Options, 1, 1);
        var tables = ClickHouseTablePlan.All((ClickHouseSinkOptions)document.Options.Sinks[0].Options!, plan.Layout.Output);
        using var rows = plan.Layout.CreateRows();
        foreach (var column in rows.Decoded.ColumnArray) column.AppendDefault();
        rows.Decoded.ShowRows(1);
        Assert.Equal("INSERT INTO `default`.`t1` (`id`, `name`) FORMAT Native", tables[0].Insert);
        Assert.Equal(["id", "name"], tables[0].Choose(rows.Output).Columns.Select(column => column.Name));
        var view = tables[1].Choose(rows.Output);
        Assert.Equal(["name"], view.Columns.Select(column => column.Name));
        Assert.Equal(1, view.Rows);
    }

    private static IReadOnlyList<Fault> Faults(string transforms, string sink)
    {
        var faults = new FaultList();
        PipelineDocument.Read(Text(transforms, sink), faults);
        return faults;
    }

    private static string Text(string transforms, string sink) => $$"""
        id: p
        source: { kafka: { brokers: "b:1", topic: t } }
        mapping: { columns: [{ name: id, type: UInt64 }, { name: hidden, type: String, stored: false }, { name: name, type: String }] }
        transforms: {{transforms}}
        sinks: [{ clickhouse: { url: "http://localhost:8123", {{sink}} } }]
        """;
}
