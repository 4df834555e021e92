using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Operations;

/// <summary>Each kind of rewind: rows are stored again, or left out, exactly as asked.</summary>
public sealed class RewindTests
{
    private readonly Cluster _cluster;

    public RewindTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Earliest_Stopped_StoresEveryRowASecondTime()
    {
        var pipeline = await StoredAsync(6000);
        var generation = (long)(await pipeline.StatusAsync())!["generation"]!;
        await pipeline.RestAsync();

        var answer = (await pipeline.RewindAsync(new { to = "earliest" })).Success();
        await pipeline.WaitForPhaseAsync("stopped");
        await pipeline.SetStateAsync("started");
        await pipeline.WaitForRowsAsync(12_000);
        await pipeline.CatchUpAsync();

        Assert.Equal(202, (int)answer.Status);
        Assert.Contains("a second time", (string?)answer.Json["message"]);
        Assert.Equal((12_000, 6000), await pipeline.CountAsync());
        Assert.Equal(generation + 1, (long)(await pipeline.StatusAsync())!["generation"]!);
        Assert.Equal("admin", (string?)(await pipeline.WaitForEventAsync("rewindRequested"))["by"]);
        var rewound = await pipeline.WaitForEventAsync("rewound");
        Assert.Equal("admin", (string?)rewound["by"]);
        Assert.Contains("to earliest", (string?)rewound["detail"]);
    }

    [Fact]
    public async Task Earliest_StartedWithoutForce_IsRefusedAndChangesNothing()
    {
        var pipeline = await StoredAsync(1000);

        var problem = (await pipeline.RewindAsync(new { to = "earliest" })).Problem(409);

        Assert.Contains("is started", (string?)problem["detail"]);
        Assert.Contains("force", (string?)problem["detail"]);
        Assert.Empty(await pipeline.EventsAsync("rewindRequested"));
        await pipeline.SendAsync(500);
        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task Earliest_ForcedUnderLoad_StoresWhatWasStoredOnceMoreAndLosesNothing()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync(d => d with { Replicas = 2 });
        var sending = pipeline.SendAsync(40_000);
        await pipeline.WaitForRowsAsync(5000);

        (await pipeline.RewindAsync(new { to = "earliest", force = true })).Success();
        await pipeline.WaitForEventAsync("rewound");
        await sending;
        await pipeline.WaitForAsync(s => (string?)s["phase"] == "running" && (long)s["lagRecords"]! == 0, "running without lag");

        // What was stored before the rewind is what the event says, a row an offset.
        var detail = (string)(await pipeline.WaitForEventAsync("rewound"))["detail"]!;
        var before = detail.Split("was at ")[1].Split(';')[0].Split(',').Sum(p => Math.Max(0, long.Parse(p.Split(':')[1])));
        await pipeline.WaitForRowsAsync(40_000 + before);
        Assert.InRange(before, 5000, 40_000);
        Assert.Equal((40_000 + before, 40_000), await pipeline.CountAsync());
    }

    [Fact]
    public async Task Latest_Stopped_LeavesOutWhatIsNotStored()
    {
        var pipeline = await StoredAsync(2000);
        await pipeline.RestAsync();
        await pipeline.SendAsync(3000);

        (await pipeline.RewindAsync(new { to = "latest" })).Success();
        await pipeline.WaitForEventAsync("rewound");
        await pipeline.SetStateAsync("started");
        await pipeline.SendAsync(1000);
        await pipeline.WaitForRowsAsync(3000);
        await pipeline.CatchUpAsync();

        Assert.Equal((3000, 3000), await pipeline.CountAsync());
    }

    [Fact]
    public async Task Offsets_OnePartition_LeavesTheOthersWhereTheyAre()
    {
        var pipeline = await StoredAsync(4000);
        await pipeline.RestAsync("paused");

        (await pipeline.RewindAsync(new { offsets = new Dictionary<string, long> { ["2"] = 700 } })).Success();
        await pipeline.WaitForEventAsync("rewound");
        await pipeline.SetStateAsync("started");
        await pipeline.WaitForRowsAsync(4300);
        await pipeline.CatchUpAsync();

        Assert.Equal((4300, 4000), await pipeline.CountAsync());
        Assert.Equal("300\t700", await pipeline.QueryAsync(
            $"SELECT count(), min(kafka_offset) FROM (SELECT kafka_partition, kafka_offset FROM {pipeline.Document.Table} GROUP BY ALL HAVING count() = 2) WHERE kafka_partition = 2 FORMAT TabSeparated"));
    }

    [Fact]
    public async Task Replay_Stopped_AddsExactlyTheRangesAndGoesOnWhereItWas()
    {
        var pipeline = await StoredAsync(4000, maxRows: 50);
        await pipeline.RestAsync();
        await pipeline.SendAsync(400);

        var ranges = new[] { new { partition = 0, from = 100, to = 319 }, new { partition = 3, from = 0, to = 0 } };
        (await pipeline.RewindAsync(new { replay = ranges })).Success();
        await pipeline.WaitForEventAsync("rewound");
        var waiting = (await pipeline.AssignmentsAsync())["unassigned"]!.AsArray();
        await pipeline.SetStateAsync("started");
        await pipeline.WaitForRowsAsync(4400 + 221);
        await pipeline.CatchUpAsync();

        Assert.Equal(["100-149", "150-199", "200-249", "250-299", "300-319"], waiting[0]!["openRanges"]!.AsArray().Select(r => (string)r!));
        Assert.Equal(1000, (long)waiting[0]!["nextOffset"]!);
        Assert.Equal((4400 + 221, 4400), await pipeline.CountAsync());
        Assert.Equal("220\t100\t319", await pipeline.QueryAsync(
            $"SELECT count(), min(kafka_offset), max(kafka_offset) FROM (SELECT kafka_partition, kafka_offset FROM {pipeline.Document.Table} GROUP BY ALL HAVING count() = 2) WHERE kafka_partition = 0 FORMAT TabSeparated"));
        Assert.Empty((await pipeline.AssignmentsAsync())["replicas"]!.AsArray().SelectMany(r => r!["partitions"]!.AsArray()).SelectMany(p => p!["openRanges"]!.AsArray()));
    }

    [Fact]
    public async Task Replay_Twice_AddsTheRangeTwice()
    {
        var pipeline = await StoredAsync(1000);
        for (var turn = 1; turn <= 2; turn++)
        {
            (await pipeline.RewindAsync(new { replay = new[] { new { partition = 1, from = 10, to = 19 } }, force = true })).Success();
            await pipeline.WaitForEventAsync("rewound", turn);
            await pipeline.WaitForRowsAsync(1000 + (10 * turn));
        }

        await pipeline.CatchUpAsync();
        Assert.Equal((1020, 1000), await pipeline.CountAsync());
    }

    [Fact]
    public async Task Any_ThatCannotBeDone_IsRefusedWithTheBounds()
    {
        var pipeline = await StoredAsync(400);
        await pipeline.RestAsync();

        await RefusedAsync(new { offsets = new Dictionary<string, long> { ["0"] = 101, ["9"] = 0 } }, "offsets.0", "from 0 to 100", "offsets.9", "has 0 to 3");
        await RefusedAsync(new { offsets = new Dictionary<string, long>() }, "offsets", "needs a partition");
        await RefusedAsync(new { replay = new[] { new { partition = 0, from = 50, to = 100 } } }, "replay[0]", "0:50-100", "within 0 to 99");
        await RefusedAsync(new { replay = new[] { new { partition = 0, from = 5, to = 4 } } }, "replay[0]", "end before it begins");
        await RefusedAsync(new { to = "2026-11-21T08:00:00Z" }, "to", "0.10.1", "0.9.0.1", "earliest, latest or to offsets");
        await RefusedAsync(new { to = "2026-11-21T08:00:00" }, "to", "offset from UTC");
        await RefusedAsync(new { to = "yesterday" }, "to", "yesterday", "earliest");
        await RefusedAsync(new { to = "earliest", offsets = new Dictionary<string, long> { ["0"] = 1 } }, "exactly one of to, offsets and replay");
        await RefusedAsync(new { force = true }, "exactly one of to, offsets and replay");
        (await pipeline.RewindAsync(new { to = "earliest", forse = true })).Problem(400);
        (await pipeline.Api.SendAsync(HttpMethod.Post, "api/pipelines/no-such-pipeline/rewind", """{"to":"earliest"}""", "application/json")).Problem(404);
        (await pipeline.Api.SendAsync(HttpMethod.Post, $"api/pipelines/{pipeline.Id}/rewind", """{"to":"earliest"}""", "application/json", token: null)).Problem(401);

        Assert.Empty(await pipeline.EventsAsync("rewindRequested"));
        await pipeline.SetStateAsync("started");
        await pipeline.AssertStoredOnceAsync();

        async Task RefusedAsync(object body, params string[] parts)
        {
            var problem = (await pipeline.RewindAsync(body)).Problem(422);
            Assert.All(parts, part => Assert.Contains(part, problem.ToJsonString(), StringComparison.Ordinal));
        }
    }

    private async Task<PipelineUnderTest> StoredAsync(int rows, int maxRows = 2000)
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync(d => d with { MaxRows = maxRows });
        await pipeline.SendAsync(rows);
        await pipeline.AssertStoredOnceAsync();
        return pipeline;
    }
}
