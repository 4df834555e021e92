using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sinks.ClickHouse;
using Xunit;

namespace ClickSink.Tests.Unit.Sinks.ClickHouse;

public sealed class ClickHouseTargetTests
{
    private const string Window = "non_replicated_deduplication_window";
    [Theory]
    [InlineData("MergeTree", "[]", null)]
    [InlineData("ReplicatedReplacingMergeTree", "", null)]
    [InlineData("MergeTree", "['v']", "'v'")]
    [InlineData("Distributed", "[]", "Distributed")]
    public void WhyRefusedMayBeStored_OnlyPlainTables_AreCertain(string engine, string views, string? part)
    {
        var why = ClickHouseTarget.WhyRefusedMayBeStored(engine, views);
        if (part is null) Assert.Null(why);
        else Assert.Contains(part, why);
    }

    private static readonly Dictionary<string, string> NoDefaults = [];

    [Theory]
    [InlineData("MergeTree", Window + " = 100")]
    [InlineData("ReplacingMergeTree", "index_granularity = 8192, " + Window + "=1")]
    [InlineData("ReplicatedMergeTree", "replicated_deduplication_window = 5")]
    [InlineData("SharedMergeTree", "replicated_deduplication_window_seconds = 0, replicated_deduplication_window = 5")]
    public void Judge_WindowInTheTable_IsExactlyOnce(string engine, string settings) =>
        Assert.Equal(new Guarantee(GuaranteeLevel.ExactlyOnce, null), ClickHouseTarget.Judge(engine, $"CREATE TABLE t SETTINGS {settings}", NoDefaults, hasToken: true));

    [Fact]
    public void Judge_WindowInTheDefaults_Counts()
    {
        Dictionary<string, string> defaults = new() { ["replicated_deduplication_window"] = "10000", [Window] = "0" };
        Assert.Equal(GuaranteeLevel.ExactlyOnce, ClickHouseTarget.Judge("ReplicatedMergeTree", "CREATE TABLE t", defaults, hasToken: true).Level);
        Assert.Equal(GuaranteeLevel.AtLeastOnce, ClickHouseTarget.Judge("MergeTree", "CREATE TABLE t", defaults, hasToken: true).Level);
    }

    [Theory]
    [InlineData("MergeTree", "", true, Window)]
    [InlineData("MergeTree", Window + " = 0", true, Window)]
    [InlineData("MergeTree", "replicated_deduplication_window = 9", true, Window)]
    [InlineData("ReplicatedMergeTree", Window + " = 9", true, "replicated_deduplication_window is 0")]
    [InlineData("ReplicatedMergeTree", "replicated_deduplication_window_seconds = 9", true, "replicated_deduplication_window is 0")]
    [InlineData("Memory", "", true, "Memory")]
    [InlineData("Distributed", "", true, "Distributed")]
    [InlineData("MergeTree", Window + " = 9", false, "insert_deduplication_token")]
    public void Judge_AnythingMissing_IsAtLeastOnceWithTheReason(string engine, string settings, bool hasToken, string reason)
    {
        var guarantee = ClickHouseTarget.Judge(engine, $"CREATE TABLE t SETTINGS {settings}", NoDefaults, hasToken);
        Assert.Equal(GuaranteeLevel.AtLeastOnce, guarantee.Level);
        Assert.Contains(reason, guarantee.Reason);
    }
}
