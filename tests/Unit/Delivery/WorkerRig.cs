using ClickSink.Engine.Delivery;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

/// <summary>A pipeline in memory: messages, a ledger and a table that outlive the workers between them.</summary>
internal sealed class WorkerRig
{
    public WorkerRig(IReadOnlyList<string[]> partitions)
    {
        Partitions = partitions;
        Ledger.Begin(partitions.Count);
    }

    public IReadOnlyList<string[]> Partitions { get; }

    public MemoryLedger Ledger { get; } = new();

    public MemorySink Sink { get; } = new();

    public MemorySource? Source { get; private set; }

    public ErrorPolicy Policy { get; set; } = ErrorPolicy.Stop;

    public ErrorBudgetOptions? Budget { get; set; }

    public StartPosition Start { get; set; } = StartPosition.Earliest;

    public LostOffsetPolicy OnLostOffsets { get; set; } = LostOffsetPolicy.Fail;

    /// <summary>What workers told of offsets that were lost.</summary>
    public List<string> Lost { get; } = [];

    public int MaxRows { get; set; } = 10;

    /// <summary>The mapping; one column n by default.</summary>
    public MappingOptions Mapping { get; set; } = new() { Columns = [new ColumnMapping { Name = "n", Type = "UInt64", Missing = MissingPolicy.Reject }] };

    public long FirstOffset { get; set; }

    public static string[] Numbers(int from, int count) => [.. Enumerable.Range(from, count).Select(n => $"{{\"n\":{n}}}")];

    public PipelineWorker NewWorker()
    {
        var options = new PipelineOptions
        {
            Id = "p",
            Source = new SourceOptions { Kafka = new KafkaSourceOptions { Brokers = "b:1", Topic = "t", Start = Start, OnLostOffsets = OnLostOffsets } },
            Mapping = Mapping,
            Delivery = new DeliveryOptions { MaxRows = MaxRows, MaxWait = TimeSpan.FromMilliseconds(10), RetryInitial = TimeSpan.FromMilliseconds(1), RetryMax = TimeSpan.FromMilliseconds(5) },
            Errors = new ErrorOptions { Policy = Policy, Budget = Budget },
        };
        var (start, ledger) = Ledger.Take();
        Source = null;
        return new PipelineWorker(
            PipelinePlan.Compile(options, version: 1, generation: 5), start, ledger, TimeProvider.System, NullLogger.Instance, _ => NewSource(), _ => Sink.Open()) { OffsetsLost = Lost.Add };
    }

    // The first is the worker's; one more reads ranges again that the sink refuses.
    private MemorySource NewSource()
    {
        var source = new MemorySource(Partitions) { FirstOffset = FirstOffset };
        Source ??= source;
        return source;
    }

    /// <summary>Runs a worker until every message is stored or it has ended by itself, and returns its last snapshot.</summary>
    /// <param name="worker">A worker that was not started; one of its own by default.</param>
    /// <param name="former">A worker that runs, to end in order first.</param>
    public async Task<WorkerSnapshot> RunToEndAsync(PipelineWorker? worker = null, PipelineWorker? former = null)
    {
        if (former is not null)
        {
            former.Drain();
            await former.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        await using var running = worker ?? NewWorker();
        running.Start();
        await UntilAsync(() => running.Completion.IsCompleted || Partitions.Select((m, p) => Ledger.NextOffset(p) >= m.Length && Ledger.OpenIntents().Count == 0).All(done => done));
        running.Drain();
        await running.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return running.Snapshot();
    }

    /// <summary>Waits for something that other threads bring about, with a bound that only a defect reaches.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition()) await timer.WaitForNextTickAsync(bound.Token);
    }
}
