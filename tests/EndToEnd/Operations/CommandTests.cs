using System.Text.Json.Nodes;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Operations;

/// <summary>The same from the command line.</summary>
public sealed class CommandTests
{
    private readonly Cluster _cluster;

    public CommandTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Commands_OfAnOperator_DoAndTell()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(1000);
        await pipeline.AssertStoredOnceAsync();

        Assert.Equal(5, (await RunAsync(pipeline, "rewind", pipeline.Id, "--to", "earliest")).Code);
        Assert.Contains("2 replicas", await DoneAsync(pipeline, "scale", pipeline.Id, "2"));
        await pipeline.WaitForAsync(s => s["replicas"]!.AsArray().Count == 2 && (string?)s["phase"] == "running", "two replicas");
        await DoneAsync(pipeline, "pause", pipeline.Id);
        await pipeline.WaitForPhaseAsync("paused");
        Assert.Contains("once more", await DoneAsync(pipeline, "rewind", pipeline.Id, "--replay", "0:10-19,1:0-4"));
        await DoneAsync(pipeline, "resume", pipeline.Id);
        await pipeline.WaitForRowsAsync(1015);
        Assert.Contains("goes on from there", await DoneAsync(pipeline, "rewind", pipeline.Id, "--offsets", "0:240,1:245", "--force"));
        await pipeline.WaitForRowsAsync(1030);
        await pipeline.CatchUpAsync();

        Assert.Equal((1030, 1000), await pipeline.CountAsync());
        var assignments = JsonNode.Parse(await DoneAsync(pipeline, "assignments", pipeline.Id, "-o", "json"))!;
        Assert.Equal(2, assignments["replicas"]!.AsArray().Count);
        Assert.Contains("NEXT OFFSET", await DoneAsync(pipeline, "assignments", pipeline.Id));
        var cluster = JsonNode.Parse(await DoneAsync(pipeline, "cluster", "-o", "json"))!;
        Assert.Contains(cluster["silos"]!.AsArray(), s => s!["replicas"]!.AsArray().Any(r => (string)r! == $"{pipeline.Id}/0"));
        Assert.Contains("active", await DoneAsync(pipeline, "cluster"));
        await pipeline.WaitForEventAsync("rewound", 2);
        var page = JsonNode.Parse(await DoneAsync(pipeline, "events", pipeline.Id, "-o", "json", "--limit", "1000"))!;
        var paused = page["events"]!.AsArray().Single(e => (string)e!["kind"]! == "paused")!;
        Assert.Equal($"{Environment.UserName} (admin)", (string?)paused["by"]);
        Assert.Contains("rewound", await DoneAsync(pipeline, "events", pipeline.Id));
    }

    [Theory]
    [InlineData("rewind", "p")]
    [InlineData("rewind", "p", "--offsets", "0=1")]
    [InlineData("rewind", "p", "--offsets", "0:1,0:2")]
    [InlineData("rewind", "p", "--replay", "0:1")]
    [InlineData("scale", "p")]
    [InlineData("scale", "p", "many")]
    public async Task Command_Mistyped_IsUsage(params string[] command)
    {
        var pipeline = await _cluster.NewPipelineAsync();
        Assert.Equal(2, (await RunAsync(pipeline, command)).Code);
    }

    private static Task<(int Code, string Output)> RunAsync(PipelineUnderTest pipeline, params string[] command) => Command.RunAsync(
        null, new Dictionary<string, string> { ["CLICKSINK_SERVER"] = pipeline.Silo.Api.ToString(), ["CLICKSINK_TOKEN"] = Cluster.Token }, [Command.ClickSink, .. command]);

    private static async Task<string> DoneAsync(PipelineUnderTest pipeline, params string[] command)
    {
        var (code, output) = await RunAsync(pipeline, command);
        Assert.True(code == 0, $"{string.Join(' ', command)} ended with {code}: {output}");
        return output;
    }
}
