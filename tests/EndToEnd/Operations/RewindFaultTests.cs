using ClickSink.Servers.ClickHouse;
using ClickSink.Tests.EndToEnd.Stage;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Operations;

/// <summary>A rewind that was taken on is carried out once, whatever ends before that.</summary>
public sealed class RewindFaultTests
{
    private readonly Cluster _cluster;

    public RewindFaultTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Forced_SiloKilledBeforeItIsCarriedOut_IsCarriedOutOnceAfterTheStart()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var clickHouse = await scratch.StartAsync("clickhouse", folder => new EmbeddedClickHouseServer(folder));
        var pipeline = await _cluster.NewPipelineAsync(silo: await _cluster.NewSiloAsync(), clickHouse: clickHouse);
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(4000);
        await pipeline.AssertStoredOnceAsync();
        var generation = (long)(await pipeline.StatusAsync())!["generation"]!;

        // With ClickHouse frozen the drain cannot end, so the rewind has to wait.
        clickHouse.Freeze();
        await pipeline.SendAsync(1000);
        await pipeline.WaitForAsync(s => s["replicas"]![0]!["partitions"]!.AsArray().Any(p => p!["intents"]!.AsArray().Count > 0), "a block in hand");
        (await pipeline.RewindAsync(new { to = "earliest", force = true })).Success();
        Assert.Contains("under way", (string?)(await pipeline.RewindAsync(new { to = "latest", force = true })).Problem(409)["detail"]);
        await pipeline.WaitForPhaseAsync("draining");
        await pipeline.Silo.KillAsync();
        clickHouse.Thaw();
        await pipeline.Silo.StartAsync(TestContext.Current.CancellationToken);

        await pipeline.WaitForRowsAsync(4000 + 5000);
        await pipeline.CatchUpAsync();
        var (stored, unique) = await pipeline.CountAsync();
        Assert.Equal(5000, unique);
        // What was in hand is stored under its own token, and then once more.
        var inHand = stored - 9000;
        Assert.InRange(inHand, 1, 1000);
        Assert.Equal(generation + 1, (long)(await pipeline.StatusAsync())!["generation"]!);
        var rewound = await pipeline.WaitForEventAsync("rewound");
        Assert.Contains("written first, under their own tokens", (string?)rewound["detail"]);
        Assert.Single(await pipeline.EventsAsync("rewound"));
        await pipeline.DeleteAsync();
    }

    [Fact]
    public async Task Replay_SiloKilledWhileItIsWritten_AddsExactlyTheRange()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1, silo: await _cluster.NewSiloAsync());
        await pipeline.ApplyAsync(d => d with { MaxRows = 20 });
        await pipeline.SendAsync(10_000);
        await pipeline.AssertStoredOnceAsync();

        (await pipeline.RewindAsync(new { replay = new[] { new { partition = 0, from = 1000, to = 8999 } }, force = true })).Success();
        await pipeline.WaitForRowsAsync(10_500);
        await pipeline.Silo.KillAsync();
        await pipeline.Silo.StartAsync(TestContext.Current.CancellationToken);

        await pipeline.WaitForRowsAsync(18_000);
        await pipeline.CatchUpAsync();
        Assert.Equal((18_000, 10_000), await pipeline.CountAsync());
    }
}
