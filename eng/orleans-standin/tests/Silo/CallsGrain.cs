using System.Collections.Concurrent;

namespace Orleans.Standin.TestSilo;

/// <summary>What tests in the same process wait for, and open.</summary>
public static class Gates
{
    private static readonly ConcurrentDictionary<string, Gate> All = new();

    public static Gate Named(string name) => All.GetOrAdd(name, _ => new Gate());
}

public sealed class Gate
{
    public SemaphoreSlim Entered { get; } = new(0);

    public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

public sealed class CallsGrain : Grain, ICallsGrain
{
    private TaskScheduler? _scheduler;
    private int _running;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _scheduler = TaskScheduler.Current;
        return Task.CompletedTask;
    }

    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<Parcel> Echo(Parcel parcel) => Task.FromResult(parcel);

    public Task<int> CountAndClear(List<int> numbers)
    {
        var count = numbers.Count;
        numbers.Clear();
        return Task.FromResult(count);
    }

    public ValueTask<string> Describe(Shape shape) => ValueTask.FromResult(shape switch
    {
        Circle circle => $"{circle.Colour} circle {circle.Radius}",
        Square square => $"{square.Colour} square {square.Side}",
        _ => "?",
    });

    public ValueTask Nothing() => ValueTask.CompletedTask;

    public Task Throw(string kind) => throw kind switch
    {
        "known" => new TestFailureException("it failed") { Code = 42 },
        "unknown" => new UnknownElsewhereException(7, "only here"),
        "inner" => new InvalidOperationException("outer", new KeyNotFoundException("inner")),
        _ => new ArgumentException("no such kind", nameof(kind)),
    };

    public async Task<string> WaitUntilCancelled(int unused, CancellationToken cancellation)
    {
        var gate = Gates.Named(this.GetPrimaryKeyString());
        gate.Entered.Release();
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellation.Register(cancelled.SetResult);
        await cancelled.Task;
        gate.Opened.SetResult();
        return "cancelled";
    }

    public Task Hold(string gate) => HoldAsync(gate);

    public Task HoldReading(string gate) => HoldAsync(gate);

    public Task HoldBriefly(string gate) => HoldAsync(gate);

    public Task Forget(string gate) => HoldAsync(gate);

    public Task<int> Running() => Task.FromResult(_running);

    public Task<ICallsGrain> Self() => Task.FromResult(this.AsReference<ICallsGrain>());

    public Task Undeclared(NotSerializable value) => Task.CompletedTask;

    public async Task<bool> QueuesTurnsFromOutside()
    {
        var turn = new TaskCompletionSource<bool>();
        await Task.Factory.StartNew(
            () => Task.Factory.StartNew(
                () => turn.SetResult(TaskScheduler.Current == _scheduler), CancellationToken.None, TaskCreationOptions.None, _scheduler!),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return await turn.Task && TaskScheduler.Current == _scheduler;
    }

    private async Task HoldAsync(string name)
    {
        _running++;
        var gate = Gates.Named(name);
        gate.Entered.Release();
        await gate.Opened.Task;
        _running--;
    }
}
