using ClickSink.Engine.Delivery;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

/// <summary>The sink says that somebody has to repair something.</summary>
public sealed class RefusedSinkTests
{
    [Fact]
    public async Task Drain_WhileBlocked_EndsAtOnceAndKeepsTheIntent()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 30)]);
        rig.Sink.OnAttempt = (attempt, _) => attempt >= 1 ? MemorySink.Attempt.Block : MemorySink.Attempt.Store;
        await using var worker = rig.NewWorker();
        worker.Start();
        await WorkerRig.UntilAsync(() => worker.Snapshot().Phase is WorkerPhase.Blocked);

        worker.Drain();

        // The drain time-out of the rig is 20 s: in time means before that.
        await worker.Completion.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(WorkerPhase.Stopped, worker.Snapshot().Phase);
        Assert.Single(rig.Ledger.OpenIntents());
        rig.Sink.OnAttempt = (_, _) => MemorySink.Attempt.Store;
        await rig.RunToEndAsync();
        Assert.Equal(30, rig.Sink.Rows.Distinct().Count());
        Assert.Equal(30, rig.Sink.Rows.Count);
    }
}
