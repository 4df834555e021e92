using System.Diagnostics;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Faults;

/// <summary>The silo ends, in order or not, while events come in.</summary>
public sealed class SiloFaultTests
{
    private readonly Cluster _cluster;

    public SiloFaultTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Kill_SeveralTimesUnderLoad_LosesAndDoublesNothing()
    {
        var pipeline = await _cluster.NewPipelineAsync(silo: await _cluster.NewSiloAsync());
        await pipeline.ApplyAsync(d => d with { Replicas = 2, MaxRows = 500 });
        for (var kill = 1; kill <= 3; kill++)
        {
            var before = (await pipeline.CountAsync()).Stored;
            var sending = pipeline.SendAsync(30_000);
            await pipeline.WaitForRowsAsync(before + 2000);
            await pipeline.KillSiloAsync();
            await sending;
        }

        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task Stop_UnderLoad_FinishesTheBlocksInHand()
    {
        var pipeline = await _cluster.NewPipelineAsync(silo: await _cluster.NewSiloAsync());
        await pipeline.ApplyAsync();
        var sending = pipeline.SendAsync(60_000);
        await pipeline.WaitForRowsAsync(2000);

        var started = Stopwatch.GetTimestamp();
        await pipeline.Silo.StopAsync();
        var took = Stopwatch.GetElapsedTime(started);
        var stored = await pipeline.CountAsync();
        await sending;
        await pipeline.StartSiloAsync();

        await pipeline.AssertStoredOnceAsync();
        Assert.True(took < TimeSpan.FromSeconds(20), $"the stop took {took}");
        Assert.Equal(stored.Stored, stored.Unique);
        // What was finished in order leaves nothing to be written again.
        Assert.DoesNotContain("ranges again", await pipeline.SiloLogAsync());
    }

    [Fact]
    public async Task Freeze_AndThaw_LosesAndDoublesNothing()
    {
        var pipeline = await _cluster.NewPipelineAsync(silo: await _cluster.NewSiloAsync());
        await pipeline.ApplyAsync();
        var sending = pipeline.SendAsync(30_000);
        await pipeline.WaitForRowsAsync(2000);
        pipeline.Silo.Freeze();
        await sending;
        pipeline.Silo.Thaw();

        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task Start_AfterKillWhileStopped_StaysStopped()
    {
        var pipeline = await _cluster.NewPipelineAsync(silo: await _cluster.NewSiloAsync());
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(2000);
        await pipeline.AssertStoredOnceAsync();
        await pipeline.SetStateAsync("stopped");
        await pipeline.WaitForPhaseAsync("stopped");
        await pipeline.KillSiloAsync();
        await pipeline.WaitForPhaseAsync("stopped");
        await pipeline.SendAsync(1000);
        await pipeline.SetStateAsync("started");

        await pipeline.AssertStoredOnceAsync();
    }
}
