using Orleans.Standin.Calls;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Tests;

/// <summary>Which of an activation's calls may run.</summary>
public sealed class CallQueueTests
{
    [Fact]
    public void TakeNext_Exclusive_OneAtATimeInOrder()
    {
        var (first, second) = (Call(), Call());
        var queue = Queue(first, second);

        Assert.Same(first, queue.TakeNext());
        Assert.Null(queue.TakeNext());
        queue.Finish(first);
        Assert.Same(second, queue.TakeNext());
    }

    [Fact]
    public void TakeNext_Interleaving_PassesWhatWaitsAndHoldsNobodyUp()
    {
        var (first, second, peek, last) = (Call(), Call(), Call(interleaves: true), Call());
        var queue = Queue(first, second, peek);

        Assert.Same(first, queue.TakeNext());
        Assert.Same(peek, queue.TakeNext());
        queue.Finish(first);
        Assert.Same(second, queue.TakeNext());
        queue.Finish(second);
        queue.Add(last);
        Assert.Same(last, queue.TakeNext());
    }

    [Fact]
    public void TakeNext_ReadOnly_RunsBesideReadOnlyAlone()
    {
        var (read, alsoRead, write) = (Call(readOnly: true), Call(readOnly: true), Call());
        var queue = Queue(read, write, alsoRead);

        Assert.Same(read, queue.TakeNext());
        Assert.Same(alsoRead, queue.TakeNext());
        Assert.Null(queue.TakeNext());
        queue.Finish(read);
        Assert.Null(queue.TakeNext());
        queue.Finish(alsoRead);
        Assert.Same(write, queue.TakeNext());
    }

    [Fact]
    public void TakeWaiting_LeavesWhatRuns()
    {
        var (running, waiting) = (Call(), Call());
        var queue = Queue(running, waiting);
        queue.TakeNext();

        Assert.Equal([waiting], queue.TakeWaiting());
        Assert.True(queue.IsRunning);
        queue.Finish(running);
        Assert.True(queue.IsEmpty);
    }

    private static PendingCall Call(bool readOnly = false, bool interleaves = false) =>
        new(() => Task.FromResult(CallResponse.Moved), readOnly, interleaves, KeepsAlive: true);

    private static CallQueue Queue(params PendingCall[] calls)
    {
        var queue = new CallQueue();
        foreach (var call in calls)
            queue.Add(call);
        return queue;
    }
}
