using System.Text.Json.Nodes;
using ClickSink.Tests.EndToEnd.Operations;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.DeadLetters;

/// <summary>Dead letters are looked at, stored once more, and given up, through the API and the command line.</summary>
public sealed class ReplayTests
{
    private static readonly string[] Fixed = ["{ name: seq, type: UInt64, path: $kafka.offset }", "{ name: text, type: String, path: seq }"];
    private readonly Cluster _cluster;

    public ReplayTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Replay_AfterTheRepair_StoresEachOnceAndLeavesTheOthers()
    {
        var pipeline = await RejectingAsync();

        var page = (await pipeline.LettersAsync("?limit=2&status=rejected")).Success().Json;
        Assert.Equal(["0:0:seq", "0:1:seq"], page["letters"]!.AsArray().Select(l => $"{l!["partition"]}:{l["offset"]}:{l["column"]}"));
        Assert.Equal("0:1", (string?)page["after"]);
        Assert.Equal(["seq 3", " 1"], page["counts"]!.AsArray().Select(c => $"{c!["column"]} {c["count"]}"));
        Assert.Equal("0:3:", Place((await pipeline.LettersAsync("?column=")).Success().Json["letters"]!.AsArray().Single()!));
        Assert.Equal("0:2:seq", Place((await pipeline.LettersAsync("?reason=TWO")).Success().Json["letters"]!.AsArray().Single()!));
        var one = (await pipeline.LettersAsync("/0/2")).Success().Json;
        Assert.Equal((Bad("two"), "rejected", 1), ((string?)one["text"], (string?)one["status"], (int)one["pipelineVersion"]!));
        (await pipeline.LettersAsync("/0/4")).Problem(404);

        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} ADD COLUMN text String");
        await pipeline.ApplyAsync(d => d with { Columns = Fixed });
        var begun = (await pipeline.PostLettersAsync("replay", new { })).Success();
        Assert.Equal("running", (string?)begun.Json["phase"]);
        var done = await pipeline.WaitForReplayAsync();

        Assert.Equal(("done", 3L, 1L), ((string)done["phase"]!, (long)done["replayed"]!, (long)done["rejected"]!));
        Assert.Equal(
            "0\tzero\n1\tone\n2\ttwo",
            await pipeline.QueryAsync(
                $"SELECT seq, text FROM {pipeline.Document.Table} WHERE text != '' ORDER BY seq FORMAT TabSeparated"));
        Assert.Equal("rejected\t1\nreplayed\t3", await pipeline.StatusesAsync());
        one = (await pipeline.LettersAsync("/0/3")).Success().Json;
        Assert.Equal((1, 2, (string?)done["job"]), ((int)one["attempts"]!, (int)one["pipelineVersion"]!, (string?)one["replay"]));
        Assert.Contains("3 replayed, 1 rejected again", (string?)(await pipeline.WaitForEventAsync("replayEnded"))["detail"]);
        Assert.Contains("all that wait", (string?)(await pipeline.WaitForEventAsync("replayBegan"))["detail"]);
    }

    [Fact]
    public async Task Discard_ByFilter_TakesThemOutOfReplays()
    {
        var pipeline = await RejectingAsync();
        Assert.Equal(1, (long)(await pipeline.PostLettersAsync("discard", new { column = "" })).Success().Json["discarded"]!);
        Assert.Equal(1, (long)(await pipeline.PostLettersAsync("discard", new { toOffset = 0 })).Success().Json["discarded"]!);
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} ADD COLUMN text String");
        await pipeline.ApplyAsync(d => d with { Columns = Fixed });
        (await pipeline.PostLettersAsync("replay", new { })).Success();

        var done = await pipeline.WaitForReplayAsync();

        Assert.Equal((2L, 0L), ((long)done["replayed"]!, (long)done["rejected"]!));
        Assert.Equal("replayed\t2\ndiscarded\t2", await pipeline.StatusesAsync());
        await pipeline.WaitForEventAsync("deadLettersDiscarded", count: 2);
    }

    [Fact]
    public async Task Replay_SiloKilledInTheMiddle_StoresEachOnce()
    {
        const int Letters = 30_000;
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2, silo: await _cluster.NewSiloAsync());
        await pipeline.ApplyAsync(d => d with { Policy = "deadLetter" });
        for (var p = 0; p < 2; p++) await pipeline.SendRawAsync(p, [.. Enumerable.Range(0, Letters / 2).Select(n => Bad($"{p}-{n}"))]);
        await pipeline.WaitForRejectedAsync(Letters);
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} ADD COLUMN text String");
        await pipeline.ApplyAsync(d => d with { Columns = Fixed });
        (await pipeline.PostLettersAsync("replay", new { })).Success();
        // Not before rows are there, and while most are not: else it is no test of the middle.
        await pipeline.WaitForRowsAsync(1);

        await pipeline.KillSiloAsync();
        var before = (await pipeline.CountAsync()).Stored;
        var done = await pipeline.WaitForReplayAsync();

        Assert.True(before < Letters, "the replay was over before the silo was killed: send more letters");
        Assert.Equal(("done", (long)Letters, 0L), ((string)done["phase"]!, (long)done["replayed"]!, (long)done["rejected"]!));
        Assert.Equal(
            $"{Letters}\t{Letters}",
            await pipeline.QueryAsync($"SELECT count(), uniqExact(text) FROM {pipeline.Document.Table} FORMAT TabSeparated"));
        Assert.Equal($"replayed\t{Letters}", await pipeline.StatusesAsync());
    }

    [Fact]
    public async Task Replay_RowsThatTheTableRefuses_AreFoundOneByOne()
    {
        var pipeline = await RejectingAsync();
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} ADD COLUMN text String");
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} ADD CONSTRAINT no_one CHECK text != 'one'");
        await pipeline.ApplyAsync(d => d with { Columns = Fixed });
        (await pipeline.PostLettersAsync("replay", new { column = "seq" })).Success();

        var done = await pipeline.WaitForReplayAsync();

        Assert.Equal((2L, 1L), ((long)done["replayed"]!, (long)done["rejected"]!));
        Assert.Contains("no_one", (string?)(await pipeline.LettersAsync("/0/1")).Success().Json["reason"]);
    }

    [Fact]
    public async Task CommandLine_ListShowReplayDiscard_DoWhatTheApiDoes()
    {
        var pipeline = await RejectingAsync();
        Assert.Contains("number two", (await RunAsync(pipeline, 0, "show", pipeline.Id, "0", "2")).Replace(Bad("two"), "number two"));
        var list = await RunAsync(pipeline, 0, "list", pipeline.Id, "--column", "seq", "-n", "1");
        Assert.Contains("--after 0:0", list);
        Assert.Equal(
            3,
            JsonNode.Parse(await RunAsync(pipeline, 0, "list", pipeline.Id, "--column", "seq", "-o", "json"))!["letters"]!.AsArray().Count);
        Assert.Contains("--all", await RunAsync(pipeline, 2, "replay", pipeline.Id));
        Assert.Contains("1 discarded", await RunAsync(pipeline, 0, "discard", pipeline.Id, "--column", ""));
        // Nothing is repaired yet.
        Assert.Contains("Done: 0 replayed, 3 rejected again", await RunAsync(pipeline, 1, "replay", pipeline.Id, "--all"));
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} ADD COLUMN text String");
        await pipeline.ApplyAsync(d => d with { Columns = Fixed });
        Assert.Contains("Done: 3 replayed, 0 rejected again", await RunAsync(pipeline, 0, "replay", pipeline.Id, "--all"));
        Assert.Contains("No dead letters", await RunAsync(pipeline, 0, "list", pipeline.Id));
    }

    [Fact]
    public async Task Requests_ThatCannotBeDone_SayWhy()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        (await pipeline.LettersAsync()).Problem(404);
        (await pipeline.PostLettersAsync("replay", new { })).Problem(404);
        (await pipeline.LettersAsync("/replay")).Problem(404);
        await pipeline.ApplyAsync(d => d with { Policy = "deadLetter", Errors = ", deadLetters: { topic: elsewhere }", State = "stopped" });
        Assert.Contains("elsewhere", (string?)(await pipeline.LettersAsync()).Problem(409)["detail"]);
        Assert.Contains("Kafka topic", (string?)(await pipeline.PostLettersAsync("replay", new { })).Problem(409)["detail"]);
        await pipeline.ApplyAsync(d => d with { Errors = "" });
        Assert.Empty((await pipeline.LettersAsync()).Success().Json["letters"]!.AsArray());
        (await pipeline.LettersAsync("?limit=0")).Problem(400);
        (await pipeline.LettersAsync("?status=lost")).Problem(400);
        (await pipeline.LettersAsync("?after=x")).Problem(400);
    }

    private static string Bad(string text) => $$"""{ "seq": "{{text}}", "ts": "2026-01-02T03:04:05.000Z", "user": { "plan": "free" } }""";

    private static string Place(JsonNode letter) => $"{letter["partition"]}:{letter["offset"]}:{letter["column"]}";

    // Three letters of one column, one of the whole message, a good row behind them.
    private async Task<PipelineUnderTest> RejectingAsync()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.ApplyAsync(d => d with { Policy = "deadLetter" });
        await pipeline.SendRawAsync(0, Bad("zero"), Bad("one"), Bad("two"), "broken", pipeline.NextEvent());
        await pipeline.WaitForRejectedAsync(4);
        await pipeline.WaitForRowsAsync(1);
        return pipeline;
    }

    private static async Task<string> RunAsync(PipelineUnderTest pipeline, int code, params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["CLICKSINK_SERVER"] = pipeline.Silo.Api.ToString(), ["CLICKSINK_TOKEN"] = Cluster.Token };
        var (actual, output) = await Command.RunAsync(null, environment, [Command.ClickSink, "dead-letters", .. arguments]);
        Assert.True(code == actual, $"{code} expected, {actual} came: {output}");
        return output;
    }
}
