using System.Text.Json.Nodes;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Setup;

/// <summary>sample, infer, validate: from a topic to a running pipeline with nothing but the command line.</summary>
public sealed class SetupCommandTests
{
    private static readonly string[] OldBroker = ["-X", "api.version.request=false", "-X", "broker.version.fallback=0.9.0.1"];
    private readonly Cluster _cluster;

    public SetupCommandTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Sample_Topic_PrintsItsMessages()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.SendAsync(10);
        var (code, output) = await RunAsync(
            pipeline, null,
            ["sample", "-b", pipeline.Document.Brokers, "-t", pipeline.Document.Topic, "-n", "3", "--from", "earliest", .. OldBroker]);
        Assert.Equal(0, code);
        Assert.Equal([0, 1, 2], output.Split('\n').Where(line => line.StartsWith('{')).Select(line => (int)JsonNode.Parse(line)!["seq"]!));
        Assert.Contains("3 of 10 messages in 1 partitions", output);

        var (wrong, why) = await RunAsync(
            pipeline, null, "sample", "-b", pipeline.Document.Brokers, "-t", pipeline.Document.Topic, "-X", "nonsense");
        Assert.Equal(2, wrong);
        Assert.Contains("name=value", why);
    }

    [Fact]
    public async Task Infer_ValidateApply_StoresTheTopic()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2);
        await pipeline.SendAsync(200);
        var server = pipeline.Document.ClickHouse.GetLeftPart(UriPartial.Authority);
        string[] infer =
            ["infer", "-b", pipeline.Document.Brokers, "-t", pipeline.Document.Topic, "--clickhouse", server, "--table", pipeline.Document.Table, "--id", pipeline.Id, .. OldBroker];

        var (code, told) = await RunAsync(pipeline, null, infer);
        Assert.Equal(0, code);
        Assert.Contains("all texts are UUIDs", told);
        Assert.Contains("ORDER BY", told);
        (code, var document) = await RunAsync(pipeline, null, [.. infer, "-o", "yaml"]);
        Assert.Equal(0, code);
        (code, var checks) = await RunAsync(pipeline, document, "validate", "-f", "-");
        Assert.True(code == 0, checks);
        Assert.Equal(4, checks.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
        Assert.Equal((0, $"{pipeline.Id} created\n"), await RunAsync(pipeline, document, "apply", "-f", "-"));

        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task Validate_WrongTableAndTopic_FailsAndTellsTheFix()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.QueryAsync($"CREATE TABLE {pipeline.Document.Table} (seq UInt64) ENGINE = MergeTree ORDER BY seq");
        var (code, output) = await RunAsync(
            pipeline, (pipeline.Document with { Topic = "no-such-topic-here" }).ToYaml(), "validate", "-f", "-");
        Assert.Equal(1, code);
        Assert.Contains("FAILED kafka", output);
        Assert.Contains("no-such-topic-here", output);
        Assert.Contains("ADD COLUMN `plan` LowCardinality(String)", output);
    }

    private static Task<(int Code, string Output)> RunAsync(PipelineUnderTest pipeline, string? input, params string[] arguments) =>
        Command.RunAsync(
            input, new Dictionary<string, string> { ["CLICKSINK_SERVER"] = $"{pipeline.Silo.Api}", ["CLICKSINK_TOKEN"] = Cluster.Token }, [Command.ClickSink, .. arguments]);
}
