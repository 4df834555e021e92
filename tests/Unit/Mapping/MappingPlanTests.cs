using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using Xunit;

namespace ClickSink.Tests.Unit.Mapping;

public sealed class MappingPlanTests
{
    [Fact]
    public void TryCompile_ManyFaults_AllAreReportedAtOnce()
    {
        var options = new MappingOptions
        {
            Columns =
            [
                new() { Name = "a", Type = "Int" },
                new() { Name = "a", Type = "Int32", Missing = MissingPolicy.Null },
                new() { Name = "", Type = "", Path = "" },
                new() { Name = "b", Type = "String", Path = "x..y" },
                new() { Name = "c", Type = "String", Path = "$kafka.offsets" },
            ],
        };
        List<Fault> faults = [];

        Assert.False(MappingPlan.TryCompile(options, out MappingPlan? plan, faults));

        Assert.Null(plan);
        Assert.Equal(
            ["columns[0].type", "columns[1].name", "columns[1].missing", "columns[2].name", "columns[2].type", "columns[2].path", "columns[3].path", "columns[4].path"],
            faults.Select(fault => fault.Path));
        Assert.Equal("Int", faults[0].Value);
        Assert.Contains("another column above", faults[1].Rule, StringComparison.Ordinal);
        Assert.Equal("Int32 has no null: make the type Nullable, or choose default or reject", faults[2].Rule);
        Assert.Equal("must be one of $kafka.topic, $kafka.partition, $kafka.offset, $kafka.timestamp, $kafka.key, $kafka.value, $debezium.op, $debezium.timestamp, "
            + "$debezium.deleted, $debezium.version, $kafka.headers.NAME; write \\$kafka. for a key of that name", faults[7].Rule);
    }

    [Fact]
    public void TryCompile_FaultsFoundEarlier_AreNotTakenForItsOwn()
    {
        List<Fault> faults = [new("elsewhere", null, "x")];
        var options = new MappingOptions { Columns = [new() { Name = "a", Type = "Int32" }] };
        Assert.True(MappingPlan.TryCompile(options, out MappingPlan? plan, faults));
        Assert.Equal("a", plan.Columns[0].Path.Text);
    }

    [Fact]
    public void TryCompile_NoColumns_IsAFault()
    {
        List<Fault> faults = [];
        Assert.False(MappingPlan.TryCompile(new MappingOptions(), out _, faults));
        Assert.Equal("columns", Assert.Single(faults).Path);
    }

    [Theory]
    [InlineData("String", null, MissingPolicy.Default)]
    [InlineData("Nullable(String)", null, MissingPolicy.Null)]
    [InlineData("LowCardinality(Nullable(String))", null, MissingPolicy.Null)]
    [InlineData("Nullable(String)", MissingPolicy.Reject, MissingPolicy.Reject)]
    public void TryCompile_MissingPolicy_FollowsTheTypeUnlessGiven(string type, MissingPolicy? given, MissingPolicy expected)
    {
        var options = new MappingOptions { Columns = [new() { Name = "a", Type = type, Missing = given }] };
        Assert.True(MappingPlan.TryCompile(options, out MappingPlan? plan, []));
        Assert.Equal(expected, plan.Columns[0].Missing);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a.b", "a|b")]
    [InlineData("a\\.b.c", "a.b|c")]
    [InlineData("a\\\\b", "a\\b")]
    [InlineData("a[0].b[12][3]", "a|#0|b|#12|#3")]
    [InlineData("\\[x]", "[x]")]
    [InlineData("a b.ü", "a b|ü")]
    [InlineData("$", "$")]
    public void MappingPath_TryParse_TakesStepsApart(string text, string steps)
    {
        Assert.True(MappingPath.TryParse(text, out MappingPath? path, out string? error), error);
        Assert.Equal(steps, string.Join("|", path.Segments.Select(step => step.Key ?? $"#{step.Index}")));
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("", "each step needs a key")]
    [InlineData(".a", "each step needs a key")]
    [InlineData("a.", "each step needs a key")]
    [InlineData("a..b", "each step needs a key")]
    [InlineData("[0]", "each step needs a key")]
    [InlineData("a[0]b", "a dot must stand between")]
    [InlineData("a[", "an element is written [n]")]
    [InlineData("a[x]", "an element is written [n]")]
    [InlineData("a[-1]", "an element is written [n]")]
    [InlineData("a[1024]", "an element is written [n]")]
    [InlineData("a\\", "a backslash takes the sign behind it literally")]
    [InlineData("$kafka.", "must be one of $kafka.topic")]
    [InlineData("$kafka.headers", "$kafka.headers.NAME")]
    [InlineData("$kafka.headers.", "$kafka.headers.NAME")]
    [InlineData("$debezium.lsn", "write \\$debezium. for a key of that name")]
    public void MappingPath_TryParse_Unfit_SaysTheRule(string text, string rule)
    {
        Assert.False(MappingPath.TryParse(text, out _, out string? error));
        Assert.Contains(rule, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$kafka.value", MetadataField.Value, null, false)]
    [InlineData("$kafka.headers.trace.id", MetadataField.Header, "trace.id", false)]
    [InlineData("$debezium.deleted", MetadataField.Deleted, null, true)]
    public void MappingPath_TryParse_Metadata_SaysWhichAndWhose(string text, MetadataField field, string? header, bool isOfChange)
    {
        Assert.True(MappingPath.TryParse(text, out MappingPath? path, out string? error), error);
        Assert.Equal((field, header, isOfChange, 0), (path.Metadata, path.Header, path.IsOfChange, path.Segments.Count));
    }
}
