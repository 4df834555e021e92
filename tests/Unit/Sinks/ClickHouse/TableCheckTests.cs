using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sinks.ClickHouse;
using ClickSink.Engine.Sinks.ClickHouse.Tables;
using Xunit;

namespace ClickSink.Tests.Unit.Sinks.ClickHouse;

/// <summary>What differs between a table and a mapping, and what to do about it.</summary>
public sealed class TableCheckTests
{
    private static readonly Guarantee Once = new(GuaranteeLevel.ExactlyOnce, null);

    [Fact]
    public void Compare_SameColumnsInAnotherOrder_FindsNothing() =>
        Assert.Empty(Compare([new("b", "String", "", ""), new("a", "UInt8", "", "")], ("a", "UInt8"), ("b", "String")));

    [Theory]
    [InlineData("UInt8", "Int16", "WiderType")]
    [InlineData("UInt8", "Int8", "NarrowerType")]
    [InlineData("UInt64", "Int64", "NarrowerType")]
    [InlineData("Int64", "UInt64", "NarrowerType")]
    [InlineData("Int32", "Float64", "WiderType")]
    [InlineData("Int64", "Float64", "NarrowerType")]
    [InlineData("Float32", "Float64", "WiderType")]
    [InlineData("Float64", "Float32", "NarrowerType")]
    [InlineData("Bool", "UInt8", "WiderType")]
    [InlineData("UInt32", "Decimal(12, 2)", "WiderType")]
    [InlineData("UInt32", "Decimal(11, 2)", "NarrowerType")]
    [InlineData("Decimal(9, 2)", "Decimal(18, 4)", "WiderType")]
    [InlineData("Decimal(18, 2)", "Decimal(18, 4)", "NarrowerType")]
    [InlineData("UUID", "String", "WiderType")]
    [InlineData("String", "UUID", "NarrowerType")]
    [InlineData("String", "LowCardinality(String)", null)]
    [InlineData("LowCardinality(String)", "String", null)]
    [InlineData("DateTime('UTC')", "DateTime('Europe/Berlin')", "WiderType")]
    [InlineData("DateTime", "DateTime64(3)", "WiderType")]
    [InlineData("DateTime64(3)", "DateTime64(6)", "WiderType")]
    [InlineData("DateTime64(6)", "DateTime64(3)", "NarrowerType")]
    [InlineData("DateTime64(3)", "DateTime", "NarrowerType")]
    [InlineData("UUID", "UInt64", "OtherType")]
    [InlineData("Int64", "Int128", "WiderType")]
    [InlineData("IPv4", "IPv6", "WiderType")]
    [InlineData("Date", "Date32", "WiderType")]
    [InlineData("Date32", "Date", "NarrowerType")]
    [InlineData("Array(UInt8)", "Array(UInt16)", "WiderType")]
    [InlineData("Array(Nullable(UInt8))", "Array(UInt8)", "NarrowerType")]
    [InlineData("Array(UInt8)", "Map(String, UInt8)", "OtherType")]
    [InlineData("Array(UInt8)", "String", "OtherType")]
    [InlineData("Tuple(a UInt8, b String)", "Tuple(a UInt8, b String)", null)]
    [InlineData("Tuple(a UInt8, b String)", "Tuple(a UInt8, c String)", "OtherType")]
    [InlineData("UInt8", "Nullable(UInt8)", null)]
    [InlineData("Nullable(UInt8)", "UInt8", "MissingNull")]
    [InlineData("LowCardinality(Nullable(String))", "LowCardinality(String)", "MissingNull")]
    public void Compare_Types_TellsWhatIsLost(string mapped, string inTable, string? expected)
    {
        var found = Compare([new("c", inTable, "", "")], ("c", mapped));
        Assert.Equal(expected, found.Count == 0 ? null : Assert.Single(found).Kind.ToString());
        Assert.All(found, difference => Assert.Equal("c", difference.Column));
    }

    [Fact]
    public void Compare_MissingColumn_TellsTheStatement()
    {
        var difference = Assert.Single(Compare([], ("a b", "UInt8")));
        Assert.Equal(
            (DifferenceKind.MissingColumn, DifferenceSeverity.Error, "ALTER TABLE `d`.`t` ADD COLUMN `a b` UInt8"),
            (difference.Kind, difference.Severity, difference.Statement));
    }

    [Fact]
    public void Compare_ColumnOfOtherCase_TellsItsName()
    {
        var found = Compare([new("UserId", "UInt8", "", "")], ("userid", "UInt8"));
        Assert.Contains("UserId", found[0].Fix);
        Assert.Equal([DifferenceKind.MissingColumn, DifferenceKind.UnmappedColumn], found.Select(d => d.Kind));
    }

    [Theory]
    [InlineData("MATERIALIZED")]
    [InlineData("ALIAS")]
    public void Compare_ComputedColumn_MustNotBeMappedAndNeedNot(string kind)
    {
        Assert.Equal(DifferenceKind.ComputedColumn, Assert.Single(Compare([new("c", "UInt8", kind, "1 + 1")], ("c", "UInt8"))).Kind);
        Assert.Empty(Compare([new("a", "UInt8", "", ""), new("c", "UInt8", kind, "1 + 1")], ("a", "UInt8")));
    }

    [Theory]
    [InlineData("UInt8", "", "", "the type's default")]
    [InlineData("Nullable(UInt8)", "", "", "null")]
    [InlineData("DateTime", "DEFAULT", "now()", "now()")]
    public void Compare_UnmappedColumn_TellsWhatRowsGet(string type, string kind, string expression, string gets)
    {
        var difference = Assert.Single(Compare([new("a", "UInt8", "", ""), new("c", type, kind, expression)], ("a", "UInt8")));
        Assert.Equal((DifferenceKind.UnmappedColumn, DifferenceSeverity.Info), (difference.Kind, difference.Severity));
        Assert.EndsWith($"gets {gets}", difference.Message);
    }

    [Fact]
    public void Compare_NullForAColumnWithout_NamesTheColumnWithNull()
    {
        var difference = Assert.Single(Compare([new("c", "LowCardinality(String)", "", "")], ("c", "Nullable(String)")));
        Assert.Equal("ALTER TABLE `d`.`t` MODIFY COLUMN `c` LowCardinality(Nullable(String))", difference.Statement);
    }

    [Theory]
    [InlineData("MaterializedView", DifferenceSeverity.Error)]
    [InlineData("Null", DifferenceSeverity.Warning)]
    [InlineData("Distributed", DifferenceSeverity.Warning)]
    public void Compare_EngineThatKeepsNoRows_IsTold(string engine, DifferenceSeverity severity)
    {
        var difference = Assert.Single(
            TableCheck.Compare(Table([new("c", "UInt8", "", "")]) with { Engine = engine }, Plan(("c", "UInt8"))));
        Assert.Equal((DifferenceKind.WrongEngine, severity), (difference.Kind, difference.Severity));
    }

    [Theory]
    [InlineData("MergeTree", "ALTER TABLE `d`.`t` MODIFY SETTING non_replicated_deduplication_window = 1000")]
    [InlineData("ReplicatedMergeTree", "ALTER TABLE `d`.`t` MODIFY SETTING replicated_deduplication_window = 1000")]
    public void Compare_NoWindow_TellsTheStatement(string engine, string statement)
    {
        var guarantee = ClickHouseTarget.Judge(engine, "", new Dictionary<string, string>(), hasToken: true);
        var difference = Assert.Single(
            TableCheck.Compare(Table([new("c", "UInt8", "", "")]) with { Engine = engine, Guarantee = guarantee }, Plan(("c", "UInt8"))));
        Assert.Equal((DifferenceKind.NoDeduplication, statement), (difference.Kind, difference.Statement));
    }

    [Fact]
    public void Compare_SeveralDifferences_TellsTheWorstFirst()
    {
        var found = Compare([new("a", "Int64", "", ""), new("x", "UInt8", "", "")], ("a", "UInt64"), ("b", "UInt8"));
        Assert.Equal([DifferenceSeverity.Error, DifferenceSeverity.Warning, DifferenceSeverity.Info], found.Select(d => d.Severity));
    }

    private static IReadOnlyList<TableDifference> Compare(TableColumn[] columns, params (string Name, string Type)[] mapped) =>
        TableCheck.Compare(Table(columns), Plan(mapped));

    private static TableSchema Table(TableColumn[] columns) =>
        new() { Database = "d", Name = "t", Engine = "MergeTree", Columns = columns, Guarantee = Once };

    private static MappingPlan Plan(params (string Name, string Type)[] columns)
    {
        Assert.True(
            MappingPlan.TryCompile(new MappingOptions { Columns = [.. columns.Select(c => new ColumnMapping { Name = c.Name, Type = c.Type, Path = "x" })] }, out var plan, new List<Fault>()));
        return plan;
    }
}
