using ClickSink.Engine.Delivery;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

/// <summary>Ranges that are written beside the progress: replays, and what was in hand before a rewind.</summary>
public sealed class AsideRangeTests
{
    [Fact]
    public async Task Replay_ManyPieces_AddsThemAndGoesOnWhereItWas()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 60)]);
        await PlaceAsync(rig, next: 50, [.. Enumerable.Range(0, 8).Select(i => Aside(5 + (i * 5), 9 + (i * 5), generation: 6))]);

        await rig.RunToEndAsync();

        Assert.Equal([.. Enumerable.Range(5, 40), .. Enumerable.Range(50, 10)], rig.Sink.Rows.Select(r => (int)r).Order());
        Assert.Equal("p:6:t:0:5-9", rig.Sink.Attempts[0]);
        Assert.Empty(rig.Ledger.OpenIntents());
        Assert.Equal(60, rig.Ledger.NextOffset(0));
        Assert.DoesNotContain(rig.Source!.Committed, p => p.Offset < 50);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(25)]
    public async Task Rewind_BeforeOrIntoARangeInHand_ReadsItAllAgain(int target)
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 40)]);
        await PlaceAsync(rig, target, [Aside(20, 29, generation: 4)]);

        await rig.RunToEndAsync();

        Assert.Equal(Enumerable.Range(20, 10).Concat(Enumerable.Range(target, 40 - target)).Order(), rig.Sink.Rows.Select(r => (int)r).Order());
        Assert.Equal("p:4:t:0:20-29", rig.Sink.Attempts[0]);
    }

    [Fact]
    public async Task Replay_DiesInTheMiddle_SuccessorWritesTheRest()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 40)]);
        await PlaceAsync(rig, next: 40, [Aside(0, 9, 6), Aside(10, 19, 6), Aside(20, 29, 6)]);
        rig.Sink.OnAttempt = (attempt, _) => attempt == 1 ? MemorySink.Attempt.Die : MemorySink.Attempt.Store;
        await using (var first = rig.NewWorker())
        {
            first.Start();
            await first.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        await using (var second = rig.NewWorker())
        {
            second.Start();
            await WorkerRig.UntilAsync(() => rig.Ledger.OpenIntents().Count == 0);
            second.Drain();
            await second.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        Assert.Equal(Enumerable.Range(0, 30), rig.Sink.Rows.Select(r => (int)r).Order());
    }

    private static Intent Aside(long from, long to, long generation) => new(new BlockRange(0, from, to), generation, Version: 1, Aside: true);

    private static async Task PlaceAsync(WorkerRig rig, long next, IReadOnlyList<Intent> open)
    {
        var (_, ledger) = rig.Ledger.Take();
        await ledger.CommitAsync(new LedgerChange { Moved = [new(0, next)] }, TestContext.Current.CancellationToken);
        foreach (var intent in open) await ledger.CommitAsync(new LedgerChange { Opened = intent }, TestContext.Current.CancellationToken);
    }
}
