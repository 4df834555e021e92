using System.Text.Json.Nodes;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Cli;

/// <summary>The clicksink program, as a script calls it.</summary>
public sealed class CommandLineTests
{
    private readonly Cluster _cluster;

    public CommandLineTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Apply_FileThenStandardInput_CreatesThenUpdates()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        var stopped = pipeline.Document with { State = "stopped" };
        var file = Path.Combine(Directory.CreateTempSubdirectory("clicksink-").FullName, "pipeline.yaml");
        await File.WriteAllTextAsync(file, stopped.ToYaml(), TestContext.Current.CancellationToken);

        Assert.Equal((0, $"{pipeline.Id} created\n"), await RunAsync(pipeline, null, "apply", "-f", file));
        Assert.Equal((0, $"{pipeline.Id} is at version 2\n"), await RunAsync(pipeline, (stopped with { Replicas = 2, Policy = "skip" }).ToYaml(), "apply", "-f", "-"));
        File.Delete(file);
    }

    [Fact]
    public async Task Apply_FolderWithAFaultyDocument_AppliesTheOthersAndFails()
    {
        var first = await _cluster.NewPipelineAsync(partitions: 1);
        var second = await _cluster.NewPipelineAsync(partitions: 1);
        var folder = Directory.CreateTempSubdirectory("clicksink-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.yaml"), (first.Document with { State = "stopped" }).ToYaml(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "b.yml"), "id: broken\nreplicas: many\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "c.json"), (second.Document with { State = "stopped" }).ToYaml(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "not a document", TestContext.Current.CancellationToken);

        var (code, output) = await RunAsync(first, null, "apply", "-f", folder);
        Assert.Equal(4, code);
        Assert.Contains($"{first.Id} created", output);
        Assert.Contains($"{second.Id} created", output);
        Assert.Contains("b.yml", output);
        Assert.Contains("replicas: 'many': a whole number is expected", output);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("yaml")]
    [InlineData("json")]
    public async Task Get_ThenApply_ChangesNothing(string format)
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.ApplyAsync(d => d with { State = "stopped", Password = "no: \\\"plain\\\" text # at all" });
        var (code, document) = await RunAsync(pipeline, null, "get", pipeline.Id, "-o", format);
        Assert.Equal(0, code);
        Assert.Contains("***", document);
        if (format == "json") Assert.Equal(pipeline.Id, (string?)JsonNode.Parse(document)!["id"]);

        Assert.Equal((0, $"{pipeline.Id} is at version 1\n"), await RunAsync(pipeline, document, "apply", "-f", "-"));
    }

    [Fact]
    public async Task StatusListStartStopDelete_FollowThePipeline()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2);
        await pipeline.SendAsync(1000);
        await pipeline.ApplyAsync();
        await pipeline.AssertStoredOnceAsync();

        var (_, status) = await RunAsync(pipeline, null, "status", pipeline.Id);
        Assert.Contains(pipeline.Id, status);
        Assert.Contains("running", status);
        Assert.Contains("exactlyOnce", status);
        var (_, json) = await RunAsync(pipeline, null, "status", pipeline.Id, "-o", "json");
        Assert.Equal(1000, (long)JsonNode.Parse(json)!["rowsWritten"]!);
        var (_, yaml) = await RunAsync(pipeline, null, "status", pipeline.Id, "-o", "yaml");
        Assert.Contains("rowsWritten: 1000", yaml);
        var (_, list) = await RunAsync(pipeline, null, "list", "-o", "json");
        Assert.Contains(JsonNode.Parse(list)!.AsArray(), p => (string?)p!["id"] == pipeline.Id);
        Assert.Contains(pipeline.Id, (await RunAsync(pipeline, null, "list")).Output);

        Assert.Equal((0, $"{pipeline.Id} stopped\n"), await RunAsync(pipeline, null, "stop", pipeline.Id));
        await pipeline.WaitForPhaseAsync("stopped");
        Assert.Equal((0, $"{pipeline.Id} started\n"), await RunAsync(pipeline, null, "start", pipeline.Id));
        await pipeline.WaitForPhaseAsync("running");
        Assert.Equal(0, (await RunAsync(pipeline, null, "delete", pipeline.Id)).Code);
        await Until.TrueAsync(
            async () => (await RunAsync(pipeline, null, "get", pipeline.Id)).Code == 3, () => Task.FromResult($"{pipeline.Id} is still there"), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Failures_HaveAnExitCodeAndAMessageEach()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        foreach (var command in new[] { "get", "status", "start", "stop", "delete" }) await AssertFailsAsync(3, "No such pipeline", RunAsync(pipeline, null, command, "nobody"));
        await AssertFailsAsync(2, "no such file", RunAsync(pipeline, null, "apply", "-f", "/nowhere/at-all.yaml"));
        await AssertFailsAsync(2, "", RunAsync(pipeline, null, "fly"));
        await AssertFailsAsync(2, "", RunAsync(pipeline, null, "get"));
        await AssertFailsAsync(2, "", RunAsync(pipeline, null, "get", "x", "-o", "picture"));
        await AssertFailsAsync(4, "id", RunAsync(pipeline, "replicas: 1", "apply", "-f", "-"));
        await AssertFailsAsync(4, "YAML", RunAsync(pipeline, "a: [", "apply", "-f", "-"));
        await AssertFailsAsync(7, "CLICKSINK_TOKEN", Command.RunAsync(null, Environment(pipeline, "wrong"), Command.ClickSink, "list"));
        await AssertFailsAsync(6, "no silo answers", Command.RunAsync(null, null, Command.ClickSink, "--server", "http://127.0.0.1:1", "list"));
        await AssertFailsAsync(2, "--server", Command.RunAsync(null, null, Command.ClickSink, "--server", "nonsense", "list"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("apply")]
    [InlineData("get")]
    [InlineData("list")]
    [InlineData("status")]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("delete")]
    [InlineData("sample")]
    [InlineData("infer")]
    [InlineData("validate")]
    [InlineData("embedded-clickhouse")]
    public async Task Help_OfEachCommand_TellsWhatItTakes(string command)
    {
        var (code, output) = await Command.RunAsync(null, null, [Command.ClickSink, .. command.Length == 0 ? (string[])[] : [command], "--help"]);
        Assert.Equal(0, code);
        Assert.Contains("Usage:", output);
        if (command.Length == 0) Assert.Contains("Exit codes", output);
    }

    private static Dictionary<string, string> Environment(PipelineUnderTest pipeline, string token) => new() { ["CLICKSINK_SERVER"] = $"{pipeline.Silo.Api}", ["CLICKSINK_TOKEN"] = token };

    private static Task<(int Code, string Output)> RunAsync(PipelineUnderTest pipeline, string? input, params string[] arguments) =>
        Command.RunAsync(input, Environment(pipeline, Cluster.Token), [Command.ClickSink, .. arguments]);

    private static async Task AssertFailsAsync(int code, string says, Task<(int Code, string Output)> run)
    {
        var (actual, output) = await run;
        Assert.True(actual == code, $"exit code {code} is expected, {actual} came: {output}");
        Assert.Contains(says, output);
    }
}
