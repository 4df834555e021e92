using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

/// <summary>The sink refuses blocks for what is in some of their rows.</summary>
public sealed class BisectionTests
{
    [Theory]
    [InlineData(ErrorPolicy.DeadLetter)]
    [InlineData(ErrorPolicy.Skip)]
    public async Task Run_SomeRowsRefused_StoresTheOthersOnceAndRejectsThose(ErrorPolicy policy)
    {
        ulong[] refused = [0, 13, 14, 39, 77, 99];
        var rig = new WorkerRig([WorkerRig.Numbers(0, 100)]) { Policy = policy, MaxRows = 50 };
        rig.Sink.Refuses = refused.Contains;

        var last = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Stopped, last.Phase);
        Assert.Equal(Enumerable.Range(0, 100).Select(n => (ulong)n).Except(refused), rig.Sink.Rows.Order());
        Assert.Equal(
            policy is ErrorPolicy.DeadLetter ? refused.Select(r => (long)r) : [], rig.Sink.DeadLetters.Select(l => l.Offset).Order());
        Assert.All(
            rig.Sink.DeadLetters,
            l =>
                Assert.Equal(
                    ("a row breaks a constraint", $"{{\"n\":{l.Offset}}}"), (l.Reason, System.Text.Encoding.UTF8.GetString(l.Payload))));
        Assert.Equal((6, 94), (last.RecordsRejected, last.RowsWritten));
        Assert.Contains("offset 99: a row breaks", last.LastRejection);
    }

    [Fact]
    public async Task Run_RefusedAndUndecodable_RejectsEachOnce()
    {
        string[] messages = [.. WorkerRig.Numbers(0, 5), "broken", .. WorkerRig.Numbers(6, 4)];
        var rig = new WorkerRig([messages]) { Policy = ErrorPolicy.DeadLetter };
        rig.Sink.Refuses = n => n == 3;

        var last = await rig.RunToEndAsync();

        Assert.Equal([3L, 5L], rig.Sink.DeadLetters.Select(l => l.Offset).Distinct().Order());
        Assert.Equal(2, last.RecordsRejected);
        Assert.Equal(8, rig.Sink.Rows.Count);
    }

    [Fact]
    public async Task Run_PolicyStop_StaysBlockedAndSplitsNothing()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 10)]);
        rig.Sink.Refuses = n => n == 3;
        await using var worker = rig.NewWorker();
        worker.Start();
        await WorkerRig.UntilAsync(() => worker.Snapshot().Phase is WorkerPhase.Blocked);
        worker.Abort();
        await worker.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Single(rig.Sink.Attempts.Distinct());
        Assert.Single(rig.Ledger.OpenIntents());
    }

    [Fact]
    public async Task Run_EveryRowRefused_BlamesTheTableAndKeepsTheRangeWhole()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 100)]) { Policy = ErrorPolicy.DeadLetter, MaxRows = 50 };
        rig.Sink.Refuses = _ => true;
        await using var worker = rig.NewWorker();
        worker.Start();
        await WorkerRig.UntilAsync(() => worker.Snapshot().Phase is WorkerPhase.Blocked);

        Assert.Contains("16 of its messages were tried alone", worker.Snapshot().Error);
        Assert.Empty(rig.Sink.DeadLetters);
        rig.Sink.Refuses = _ => false;
        await rig.RunToEndAsync(worker: null, former: worker);
        Assert.Equal(100, rig.Sink.Rows.Count);
        Assert.Equal(100, rig.Sink.Rows.Distinct().Count());
        Assert.Contains("p:5:t:0:0-49", rig.Sink.Attempts);
    }

    [Fact]
    public async Task Run_FewMessagesAllRefused_AreRejected()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 3)]) { Policy = ErrorPolicy.DeadLetter };
        rig.Sink.Refuses = _ => true;

        await rig.RunToEndAsync();

        Assert.Equal([0L, 1L, 2L], rig.Sink.DeadLetters.Select(l => l.Offset).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_DiesAtAnyAttempt_SuccessorStoresEachOnce(bool isRepairedMeanwhile)
    {
        ulong[] refused = [2, 3, 11, 19];
        for (var death = 0; death < 24; death++)
        {
            var rig = new WorkerRig([WorkerRig.Numbers(0, 20)]) { Policy = ErrorPolicy.DeadLetter, MaxRows = 20 };
            rig.Sink.Refuses = refused.Contains;
            rig.Sink.OnAttempt = (attempt, block) =>
                attempt == death && !HasRefused(block, refused) ? MemorySink.Attempt.Die : MemorySink.Attempt.Store;
            var first = await rig.RunToEndAsync();
            if (isRepairedMeanwhile) rig.Sink.Refuses = _ => false;
            if (first.Phase is WorkerPhase.Crashed) await rig.RunToEndAsync();

            var letters = rig.Sink.DeadLetters.Select(l => (ulong)l.Offset).Distinct().ToList();
            Assert.Equal(Enumerable.Range(0, 20).Select(n => (ulong)n).Except(letters), rig.Sink.Rows.Order());
            if (!isRepairedMeanwhile) Assert.Equal(refused, letters.Order());
        }
    }

    [Fact]
    public async Task Run_StoreOfProgressFailsWhileSplitting_StoresEachOnce()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 40)]) { Policy = ErrorPolicy.DeadLetter, MaxRows = 40 };
        rig.Sink.Refuses = n => n is 7 or 30;
        rig.Ledger.Fail = commit => (commit % 3) switch
        {
            1 => MemoryLedger.FailurePoint.Unavailable,
            2 => MemoryLedger.FailurePoint.StoredThenUnavailable,
            _ => MemoryLedger.FailurePoint.None,
        };

        await rig.RunToEndAsync();

        Assert.Equal(38, rig.Sink.Rows.Distinct().Count());
        Assert.Equal(38, rig.Sink.Rows.Count);
        Assert.Equal([7L, 30L], rig.Sink.DeadLetters.Select(l => l.Offset).Order());
    }

    [Fact]
    public async Task Run_RefusalsUseUpTheBudget_FaultsAfterTheRangeIsDealtWith()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 40)]) { Policy = ErrorPolicy.DeadLetter, MaxRows = 20, Budget = new ErrorBudgetOptions { Rate = 0.1, Minimum = 10 } };
        rig.Sink.Refuses = n => n is >= 5 and < 15;

        var last = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Faulted, last.Phase);
        Assert.StartsWith("errors.budget is used up", last.Error);
        Assert.Equal(10, rig.Sink.DeadLetters.Count);
        Assert.True(rig.Ledger.NextOffset(0) >= 20);
    }

    private static bool HasRefused(SealedBlock block, ulong[] refused) =>
        block.RowCount > 0 && refused.Any(r => (long)r >= block.Range.From && (long)r <= block.Range.To);
}
