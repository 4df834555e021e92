using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

public sealed class PipelineWorkerTests
{
    [Fact]
    public async Task Run_TwoPartitions_StoresEveryRowOnceUnderContiguousTokens()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 95), WorkerRig.Numbers(1000, 33)]);

        var last = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Stopped, last.Phase);
        Assert.Equal(Expected(rig), rig.Sink.Rows.Order());
        Assert.Empty(rig.Ledger.OpenIntents());
        Assert.Equal(128, last.RowsWritten);
        AssertContiguous(rig.Sink.Attempts, partition: 0, end: 95);
        AssertContiguous(rig.Sink.Attempts, partition: 1, end: 33);
        Assert.Contains(rig.Source!.Committed, p => p is { Partition: 0, Offset: 95 });
    }

    [Fact]
    public async Task Run_SinkRefusesTwice_WritesTheSameBlockAgain()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 30)]);
        rig.Sink.OnAttempt = (attempt, _) => attempt is 1 or 2 ? MemorySink.Attempt.Refuse : MemorySink.Attempt.Store;

        await rig.RunToEndAsync();

        Assert.Equal(Expected(rig), rig.Sink.Rows.Order());
        Assert.Equal(rig.Sink.Attempts[1], rig.Sink.Attempts[2]);
        Assert.Equal(rig.Sink.Attempts[1], rig.Sink.Attempts[3]);
    }

    [Fact]
    public async Task Run_AnswerOfTheSinkIsLost_StoresOnce()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 30)]);
        rig.Sink.OnAttempt = (attempt, _) => attempt == 0 ? MemorySink.Attempt.StoreButLoseAnswer : MemorySink.Attempt.Store;

        await rig.RunToEndAsync();

        Assert.Equal(Expected(rig), rig.Sink.Rows.Order());
    }

    [Fact]
    public async Task Run_DiesBetweenWriteAndCheckpoint_SuccessorWritesTheSameRangeUnderTheSameToken()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 50)]);
        rig.Sink.OnAttempt = (attempt, _) => attempt == 2 ? MemorySink.Attempt.Die : MemorySink.Attempt.Store;
        var first = await rig.RunToEndAsync();
        var intent = Assert.Single(rig.Ledger.OpenIntents());

        var second = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Crashed, first.Phase);
        Assert.Equal(WorkerPhase.Stopped, second.Phase);
        Assert.Equal(Expected(rig), rig.Sink.Rows.Order());
        Assert.Equal(2, rig.Sink.Attempts.Count(token => token == $"p:5:t:{intent.Range}"));
    }

    [Fact]
    public async Task Run_StoreOfProgressAway_WaitsAndGoesOn()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 50)]);
        rig.Ledger.Fail = commit => commit is > 2 and < 6 ? MemoryLedger.FailurePoint.Unavailable : MemoryLedger.FailurePoint.None;

        var last = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Stopped, last.Phase);
        Assert.Equal(Expected(rig), rig.Sink.Rows.Order());
    }

    [Fact]
    public async Task Run_SecondOwnerTakesOver_FirstIsFencedAndNothingIsDoubled()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 200)]);
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        rig.Sink.Gate = async cancellation =>
        {
            if (entered.TrySetResult()) await release.Task.WaitAsync(cancellation);
        };
        await using var zombie = rig.NewWorker();
        zombie.Start();
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await rig.RunToEndAsync();
        release.SetResult();
        await zombie.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(WorkerPhase.Fenced, zombie.Snapshot().Phase);
        Assert.Equal(Expected(rig), rig.Sink.Rows.Order());
    }

    [Fact]
    public async Task Run_BrokenMessageUnderStop_StoresWhatIsBeforeItAndSaysWhere()
    {
        var messages = WorkerRig.Numbers(0, 30);
        messages[17] = "{\"n\": oops}";
        var rig = new WorkerRig([messages]);

        var last = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Faulted, last.Phase);
        Assert.Contains("t[0] offset 17", last.Error);
        Assert.Equal(17, rig.Ledger.NextOffset(0));
        Assert.Equal(Enumerable.Range(0, 17).Select(n => (ulong)n), rig.Sink.Rows.Order());
    }

    [Fact]
    public async Task Run_BrokenMessagesUnderDeadLetter_KeepsThemWithReasonAndGoesOn()
    {
        var messages = WorkerRig.Numbers(0, 30);
        messages[17] = "{\"n\": oops}";
        messages[18] = "{\"n\": \"twelve\"}";
        var rig = new WorkerRig([messages]) { Policy = ErrorPolicy.DeadLetter };

        var last = await rig.RunToEndAsync();

        Assert.Equal(28, rig.Sink.Rows.Count);
        Assert.Equal([17L, 18L], rig.Sink.DeadLetters.Select(letter => letter.Offset));
        Assert.Equal("n", rig.Sink.DeadLetters[1].Column);
        Assert.Equal(messages[18], System.Text.Encoding.UTF8.GetString(rig.Sink.DeadLetters[1].Payload));
        Assert.Equal(2, last.RecordsRejected);
        Assert.Equal(30, rig.Ledger.NextOffset(0));
    }

    [Fact]
    public async Task Run_OnlyBrokenMessagesUnderSkip_MovesOnWithoutWriting()
    {
        var rig = new WorkerRig([["x", "y", "z"]]) { Policy = ErrorPolicy.Skip };

        var last = await rig.RunToEndAsync();

        Assert.Empty(rig.Sink.Attempts);
        Assert.Equal(3, rig.Ledger.NextOffset(0));
        Assert.Equal(3, last.RecordsRejected);
    }

    [Fact]
    public async Task Run_OffsetIsGone_FaultsInsteadOfJumping()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 30)]) { MaxRows = 10 };
        rig.Sink.OnAttempt = (attempt, _) => attempt == 1 ? MemorySink.Attempt.Die : MemorySink.Attempt.Store;
        await rig.RunToEndAsync();
        rig.FirstOffset = 25;

        var last = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Faulted, last.Phase);
        Assert.Contains("no longer has", last.Error);
    }

    [Fact]
    public async Task Run_LatestOnFirstStart_PersistsTheStartBeforeReading()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 30)]) { Start = StartPosition.Latest };

        await rig.RunToEndAsync();

        Assert.Empty(rig.Sink.Rows);
        Assert.Equal(30, rig.Ledger.NextOffset(0));
    }

    [Fact]
    public async Task Run_SinkStalls_PausesTheFetch()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 5000)]) { MaxRows = 10 };
        var entered = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        rig.Sink.Gate = async cancellation =>
        {
            entered.TrySetResult();
            await never.Task.WaitAsync(cancellation);
        };
        await using var worker = rig.NewWorker();
        worker.Start();
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var before = -1;
        await WorkerRig.UntilAsync(() => before == (before = rig.Source!.MessagesRead));

        // One block is written, one waits, one is sealed and waits for room: the source is not read any further.
        Assert.InRange(rig.Source!.MessagesRead, 10, 40);
    }

    [Fact]
    public async Task Drain_UnderLoad_FinishesWhatIsInHand()
    {
        var rig = new WorkerRig([WorkerRig.Numbers(0, 20000)]) { MaxRows = 10 };
        await using var worker = rig.NewWorker();
        worker.Start();
        await WorkerRig.UntilAsync(() => worker.Snapshot().BlocksWritten > 3);

        worker.Drain();
        await worker.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(WorkerPhase.Stopped, worker.Snapshot().Phase);
        Assert.Empty(rig.Ledger.OpenIntents());
        Assert.Equal(rig.Ledger.NextOffset(0), rig.Sink.Rows.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Run_FaultsAtRandom_StoresEveryRowOnce(int seed)
    {
        var random = new Random(seed);
        var rig = new WorkerRig([WorkerRig.Numbers(0, 300), WorkerRig.Numbers(1000, 170), WorkerRig.Numbers(5000, 1)]);
        rig.Sink.OnAttempt = (_, _) => random.Next(12) switch
        {
            0 => MemorySink.Attempt.Die,
            1 => MemorySink.Attempt.Refuse,
            2 => MemorySink.Attempt.StoreButLoseAnswer,
            _ => MemorySink.Attempt.Store,
        };
        rig.Ledger.Fail = _ => random.Next(15) switch
        {
            0 => MemoryLedger.FailurePoint.Unavailable,
            1 => MemoryLedger.FailurePoint.StoredThenUnavailable,
            _ => MemoryLedger.FailurePoint.None,
        };

        for (var run = 0; run < 500 && rig.Sink.Rows.Count < 471; run++)
        {
            rig.MaxRows = random.Next(1, 40);
            await rig.RunToEndAsync();
        }

        Assert.Equal(Expected(rig), rig.Sink.Rows.Order());
    }

    private static IEnumerable<ulong> Expected(WorkerRig rig) =>
        rig.Partitions.SelectMany(p => p).Select(m => ulong.Parse(m[5..^1], System.Globalization.CultureInfo.InvariantCulture)).Order();

    private static void AssertContiguous(IEnumerable<string> tokens, int partition, long end)
    {
        long next = 0;
        foreach (var token in tokens.Where(t => t.StartsWith($"p:5:t:{partition}:", StringComparison.Ordinal)))
        {
            var range = token.Split(':')[^1].Split('-');
            Assert.Equal(next, long.Parse(range[0], System.Globalization.CultureInfo.InvariantCulture));
            next = long.Parse(range[1], System.Globalization.CultureInfo.InvariantCulture) + 1;
        }

        Assert.Equal(end, next);
    }
}
