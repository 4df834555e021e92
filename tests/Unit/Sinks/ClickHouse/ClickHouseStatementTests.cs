using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse;
using ClickSink.Engine.Sinks.ClickHouse.DeadLetters;
using Xunit;

namespace ClickSink.Tests.Unit.Sinks.ClickHouse;

/// <summary>The texts that are sent to ClickHouse: names, values, settings, statements.</summary>
public sealed class ClickHouseStatementTests
{
    [Theory]
    [InlineData("plain", "`plain`", "'plain'")]
    [InlineData("with space", "`with space`", "'with space'")]
    [InlineData("a`b", "`a\\`b`", "'a`b'")]
    [InlineData("a'b", "`a'b`", "'a\\'b'")]
    [InlineData("a\\b", "`a\\\\b`", "'a\\\\b'")]
    [InlineData("x` (y); DROP TABLE t; --", "`x\\` (y); DROP TABLE t; --`", "'x` (y); DROP TABLE t; --'")]
    public void Quote_AnyText_CannotLeaveItsQuotes(string text, string identifier, string literal)
    {
        Assert.Equal(identifier, ClickHouseText.Identifier(text));
        Assert.Equal(literal, ClickHouseText.Literal(text));
    }

    [Fact]
    public void ReadTabSeparated_Escapes_AreUndone()
    {
        var rows = ClickHouseText.ReadTabSeparated("a\tb\\tc\nd\\\\e\t\\n\\'\\0x\n").ToList();
        Assert.Equal([["a", "b\tc"], ["d\\e", "\n'\0x"]], rows);
        Assert.Empty(ClickHouseText.ReadTabSeparated(""));
    }

    [Fact]
    public void InsertSettings_KnownOnes_WinOverTheUsers()
    {
        Dictionary<string, string> users = new() { ["max_memory_usage"] = "5" };
        var settings = InsertSettings.For(new HashSet<string> { "async_insert", InsertSettings.Token }, users);
        Assert.True(settings.HasToken);
        Assert.Equal(
            [new("async_insert", "0"), new("insert_deduplication_token", "p:1:t:0:5-9"), new("max_memory_usage", "5")],
            settings.With("p:1:t:0:5-9").OrderBy(s => s.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void InsertSettings_OldServer_GetsNoneThatItWouldRefuse()
    {
        var settings = InsertSettings.For(new HashSet<string>(), new Dictionary<string, string>());
        Assert.False(settings.HasToken);
        Assert.Empty(settings.With("token"));
    }

    [Fact]
    public void Create_EveryOption_IsInTheStatement()
    {
        var table = new ClickHouseTableOptions { OrderBy = ["a", "toDate(b)"], PartitionBy = "toYYYYMM(b)", Ttl = "b + INTERVAL 1 DAY" };
        Assert.Equal(
            """
            CREATE TABLE IF NOT EXISTS `d`.`t`
            (
                `a` UInt64,
                `b c` DateTime64(3, 'UTC')
            )
            ENGINE = MergeTree
            PARTITION BY toYYYYMM(b)
            ORDER BY (a, toDate(b))
            TTL b + INTERVAL 1 DAY
            SETTINGS non_replicated_deduplication_window = 1000
            """,
            Create(table, hasWindow: true));
    }

    [Fact]
    public void Create_NoMergeTreeOrOldServer_HasNoWindow()
    {
        Assert.EndsWith("ENGINE = MergeTree\nORDER BY (a)", Create(new ClickHouseTableOptions { OrderBy = ["a"] }, hasWindow: false));
        Assert.EndsWith("ENGINE = Memory", Create(new ClickHouseTableOptions { OrderBy = ["a"], Engine = "Memory" }, hasWindow: true));
        Assert.EndsWith("window = 1000", Create(new ClickHouseTableOptions { OrderBy = ["a"], Engine = "ReplacingMergeTree(a)" }, hasWindow: true));
    }

    [Fact]
    public void CreateDeadLetters_Window_IsSetWhereItIsKnown()
    {
        Assert.EndsWith("SETTINGS non_replicated_deduplication_window = 1000", DeadLetterDdl.Create("`d`.`t`", hasWindow: true));
        Assert.DoesNotContain("SETTINGS", DeadLetterDdl.Create("`d`.`t`", hasWindow: false));
    }

    private static string Create(ClickHouseTableOptions table, bool hasWindow)
    {
        var mapping = new MappingOptions { Columns = [new() { Name = "a", Type = "UInt64" }, new() { Name = "b c", Type = "DateTime64(3, 'UTC')" }] };
        Assert.True(MappingPlan.TryCompile(mapping, out var plan, new List<Fault>()));
        return ClickHouseTableDdl.Create(ClickHouseTableDdl.Name("d", "t"), table, plan, hasWindow);
    }
}
