using Orleans.Standin.Calls;

namespace Orleans.Standin.Runtime;

/// <summary>
/// Which call of an activation may run next. One at a time, except that a call that interleaves runs beside any other, and
/// read-only calls run beside each other. Not safe for threads: its activation locks.
/// </summary>
internal sealed class CallQueue
{
    private readonly List<PendingCall> _waiting = [];
    private readonly List<PendingCall> _running = [];

    public bool IsEmpty => _waiting.Count == 0 && _running.Count == 0;

    public bool IsRunning => _running.Count > 0;

    public void Add(PendingCall call) => _waiting.Add(call);

    /// <summary>Takes the first call in order of arrival that may run now.</summary>
    public PendingCall? TakeNext()
    {
        var index = _waiting.FindIndex(MayRun);
        if (index < 0)
            return null;

        var call = _waiting[index];
        _waiting.RemoveAt(index);
        _running.Add(call);
        return call;
    }

    public void Finish(PendingCall call) => _running.Remove(call);

    /// <summary>Takes all calls that have not started.</summary>
    public List<PendingCall> TakeWaiting()
    {
        List<PendingCall> all = [.. _waiting];
        _waiting.Clear();
        return all;
    }

    private bool MayRun(PendingCall call) => call.Interleaves
        || _running.All(running => running.Interleaves || running.IsReadOnly && call.IsReadOnly);
}

/// <summary>A call, or a tick of a timer, that waits for its turn.</summary>
internal sealed record PendingCall(Func<Task<CallResponse>> Body, bool IsReadOnly, bool Interleaves, bool KeepsAlive)
{
    private readonly TaskCompletionSource<CallResponse> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<CallResponse> Completed => _completion.Task;

    public void Complete(CallResponse response) => _completion.TrySetResult(response);
}
