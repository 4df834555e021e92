namespace Orleans.Standin.Runtime;

/// <summary>
/// The turns of one activation, one after another. .NET's exclusive scheduler does just that, and it is what
/// <see cref="TaskScheduler.Current"/> is inside a turn, so awaits and tasks that grain code starts come back to it.
/// </summary>
internal sealed class TurnScheduler
{
    private readonly TaskScheduler _exclusive = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ExclusiveScheduler;

    /// <summary>Queues a turn. It sees none of the starter's async-local values: a call carries its arguments and nothing else.</summary>
    public Task StartAsync(Func<Task> turn)
    {
        using var _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _exclusive).Unwrap();
    }
}
