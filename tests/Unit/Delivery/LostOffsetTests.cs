using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sources.Kafka;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

/// <summary>The source has removed messages that were not read yet.</summary>
public sealed class LostOffsetTests
{
    [Fact]
    public async Task Earliest_GoesOnAtTheFirstThatIsLeftAndTellsTheGap()
    {
        var rig = await StoppedAtTenAsync(LostOffsetPolicy.Earliest);
        rig.FirstOffset = 25;

        var last = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Stopped, last.Phase);
        Assert.Equal([.. Enumerable.Range(0, 10), .. Enumerable.Range(25, 15)], rig.Sink.Rows.Select(r => (int)r).Order());
        Assert.Equal(["t[0]: offsets 10 to 24 were no longer in Kafka; reading went on at 25 (source.kafka.onLostOffsets)"], rig.Lost);
        Assert.Empty(rig.Ledger.OpenIntents());
    }

    [Fact]
    public async Task Latest_GoesOnAfterTheLastAndKeepsThatPlace()
    {
        var rig = await StoppedAtTenAsync(LostOffsetPolicy.Latest);
        rig.FirstOffset = 25;

        await rig.RunToEndAsync();

        Assert.Equal(Enumerable.Range(0, 10), rig.Sink.Rows.Select(r => (int)r).Order());
        Assert.Equal(40, rig.Ledger.NextOffset(0));
        Assert.Contains("offsets 10 to 39", Assert.Single(rig.Lost));
    }

    [Fact]
    public async Task Fail_StopsInFrontOfTheGap()
    {
        var rig = await StoppedAtTenAsync(LostOffsetPolicy.Fail);
        rig.FirstOffset = 25;

        var last = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Faulted, last.Phase);
        Assert.Contains("source.kafka.onLostOffsets", last.Error);
        Assert.Equal(10, rig.Ledger.NextOffset(0));
        Assert.Empty(rig.Lost);
    }

    // The first ten are stored and checkpointed; the worker ends before the next ten are intended.
    private static async Task<WorkerRig> StoppedAtTenAsync(LostOffsetPolicy policy)
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 40)]) { OnLostOffsets = policy };
        var (_, ledger) = rig.Ledger.Take();
        await ledger.CommitAsync(new LedgerChange { Moved = [new(0, 10)] }, TestContext.Current.CancellationToken);
        rig.Sink.Rows.AddRange(Enumerable.Range(0, 10).Select(n => (ulong)n));
        return rig;
    }
}
