using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Pipelines;
using Xunit;

namespace ClickSink.Tests.Unit.Grains;

/// <summary>Which columns the next version of a document has.</summary>
public sealed class ColumnGrowthTests
{
    private static readonly MappingOptions Mapping = new()
    {
        Unknown = UnknownPolicy.Add,
        Columns = [new() { Name = "n", Type = "UInt64" }, new() { Name = "m", Type = "UInt64", Path = "x.m" }, new() { Name = "old", Type = "Nullable(String)", Added = true }],
    };

    [Fact]
    public void Decide_SeveralReplicas_MakesOneColumnAField()
    {
        var columns = ColumnGrowth.Decide(
            Mapping,
            [Asking(("a", "Nullable(Int64)", "a"), ("b", "Nullable(String)", "x.b")), Asking(("a", "Nullable(Float64)", "a"), ("c", "Nullable(Bool)", "c"))]);
        Assert.Equal(
            [("a", "Nullable(Float64)", null), ("b", "Nullable(String)", "x.b"), ("c", "Nullable(Bool)", null)],
            columns.Select(c => (c.Name, c.Type, c.Path)));
        Assert.All(columns, c => Assert.True(c.Added));
    }

    [Fact]
    public void Decide_SameNameForTwoFields_KeepsBoth()
    {
        var columns = ColumnGrowth.Decide(Mapping, [Asking(("a_b", "Nullable(Bool)", "a b")), Asking(("a_b", "Nullable(Int64)", "a.b"))]);
        Assert.Equal([("a_b", "a b"), ("a_b_2", "a.b")], columns.Select(c => (c.Name, c.Path)));
        Assert.Equal(["n_2"], ColumnGrowth.Decide(Mapping, [Asking(("n", "Nullable(Bool)", "y.n"))]).Select(c => c.Name));
    }

    [Fact]
    public void Decide_FieldIsMappedByNow_AddsNothing() =>
        Assert.Empty(ColumnGrowth.Decide(Mapping, [Asking(("m", "Nullable(Bool)", "x.m"), ("n", "Nullable(Bool)", "n"))]));

    [Fact]
    public void Decide_PolicyOrLimit_BoundsThem()
    {
        var asking = Asking(("a", "Nullable(Bool)", "a"), ("b", "Nullable(Bool)", "b"));
        Assert.Equal(["a"], ColumnGrowth.Decide(Mapping with { MaxAdded = 2 }, [asking]).Select(c => c.Name));
        Assert.Empty(ColumnGrowth.Decide(Mapping with { MaxAdded = 1 }, [asking]));
        Assert.Empty(ColumnGrowth.Decide(Mapping with { Unknown = UnknownPolicy.Ignore }, [asking]));
    }

    [Fact]
    public void WithColumns_Document_ReadsBackWithThemAndItsSecrets()
    {
        const string Text = """
            id: p
            source: { kafka: { brokers: "b:1", topic: t } }
            mapping: { unknown: add, columns: [ { name: n, type: UInt64 } ] }
            sinks: [ { clickhouse: { url: "http://c:8123", table: t, password: hidden } } ]
            """;
        var faults = new FaultList();
        var grown = PipelineDocument.Read(
            PipelineDocument.Read(Text, faults)!.WithColumns([new() { Name = "a b", Type = "Nullable(Bool)", Path = "x.a b", Added = true }]), faults);
        Assert.Empty(faults);
        Assert.Equal(
            new ColumnMapping { Name = "a b", Type = "Nullable(Bool)", Path = "x.a b", Added = true }, grown!.Options.Mapping.Columns[1]);
        Assert.Contains("hidden", grown.ToJson());
        Assert.Contains("\"added\":true", grown.ToPublicJson(DesiredState.Started, 1));
    }

    [Theory]
    [InlineData("unknown: keep", "mapping.unknown")]
    [InlineData("unknown: ignore, rest: n", "mapping.rest")]
    [InlineData("unknown: reject, rest: n", "mapping.rest")]
    [InlineData("unknown: sometimes", "mapping.unknown")]
    [InlineData("maxAdded: 0", "mapping.maxAdded")]
    [InlineData("unknown: keep, rest: n", null)]
    [InlineData("unknown: add, rest: n", null)]
    [InlineData("rest: n", null)]
    public void Read_UnknownAndRest_MustFitTogether(string keys, string? path)
    {
        var faults = new FaultList();
        PipelineDocument.Read(
            $$"""
            id: p
            source: { kafka: { brokers: "b:1", topic: t } }
            mapping: { {{keys}}, columns: [ { name: n, type: String } ] }
            sinks: [ { clickhouse: { url: "http://c:8123", table: t } } ]
            """,
            faults);
        Assert.Equal(path, faults.Count == 0 ? null : Assert.Single(faults).Path);
    }

    private static ReplicaStatus Asking(params (string Name, string Type, string Path)[] columns) =>
        new() { NewColumns = [.. columns.Select(c => new NewColumn { Name = c.Name, Type = c.Type, Path = c.Path })] };
}
