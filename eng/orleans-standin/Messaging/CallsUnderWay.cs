namespace Orleans.Standin.Messaging;

/// <summary>Counts calls, for whoever waits until there are none.</summary>
internal sealed class CallsUnderWay
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _none = Completed();
    private int _count;

    public IDisposable Begin()
    {
        lock (_lock)
        {
            if (_count++ == 0)
                _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new Call(this);
    }

    public Task WhenNoneAsync(CancellationToken cancellation)
    {
        lock (_lock)
            return _none.Task.WaitAsync(cancellation);
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_count == 0)
                _none.SetResult();
        }
    }

    private sealed class Call(CallsUnderWay calls) : IDisposable
    {
        public void Dispose() => calls.End();
    }
}
