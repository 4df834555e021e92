using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse;
using Xunit;

namespace ClickSink.Tests.Unit.Sinks.ClickHouse;

public sealed class SentColumnsTests
{
    private static readonly MappingPlan Mapping = Compile(("id", "UInt64"), ("n", "Nested(a UInt8, `b c` String)"));

    [Fact]
    public void List_Nested_IsOneColumnAField() => Assert.Equal("`id`, `n.a`, `n.b c`", SentColumns.List(Mapping));

    [Fact]
    public void FindFault_TableTakesThemAll_IsNone() =>
        Assert.Null(SentColumns.FindFault(Mapping, "t", Columns(("id", "DEFAULT"), ("n.a", ""), ("n.b c", ""), ("other", "ALIAS"))));

    [Theory]
    [InlineData("MATERIALIZED")]
    [InlineData("ALIAS")]
    public void FindFault_ColumnThatTheTableComputes_SaysWhichAndWhatToDo(string kind) => Assert.Equal(
        $"table t computes id ({kind}) by itself and takes no values for it. To do: take it out of the mapping, or make it a DEFAULT column of the table",
        SentColumns.FindFault(Mapping, "t", Columns(("id", kind), ("n.a", ""), ("n.b c", ""))));

    [Fact]
    public void FindFault_ColumnIsMissing_SaysHowToAddIt() => Assert.Equal(
        "table t has no column n.b c. To do: take it out of the mapping, or ALTER TABLE t ADD COLUMN `n.b c` Array(String)",
        SentColumns.FindFault(Mapping, "t", Columns(("id", ""), ("n.a", ""))));

    [Fact]
    public void FindFault_NestedThatIsOneColumn_SaysWhichTypeToWrite() => Assert.Equal(
        "table t has n as one column (flatten_nested = 0), not as one a field. To do: write its type in the mapping as Array(Tuple(a UInt8, `b c` String))",
        SentColumns.FindFault(Mapping, "t", Columns(("id", ""), ("n", ""))));

    private static Dictionary<string, string> Columns(params (string Name, string Kind)[] columns) => columns.ToDictionary(column => column.Name, column => column.Kind);

    private static MappingPlan Compile(params (string Name, string Type)[] columns)
    {
        List<Fault> faults = [];
        MappingOptions options = new() { Columns = [.. columns.Select(column => new ColumnMapping { Name = column.Name, Type = column.Type })] };
        Assert.True(MappingPlan.TryCompile(options, out MappingPlan? plan, faults), string.Join("; ", faults));
        return plan;
    }
}
