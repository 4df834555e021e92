using System.Globalization;

namespace ClickSink.Tests.Shared.Chaos;

/// <summary>A steady load over two pipelines and three silos, faults drawn from a seed, and a count of every message at the end.</summary>
public sealed class ChaosRun
{
    private const int EventsPerSecond = 20_000;
    private static readonly TimeSpan FlowPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(3);

    private readonly string _folder;
    private readonly int _seed;
    private readonly int _faults;
    private readonly Action<string> _say;

    /// <summary>Describes a run.</summary>
    /// <param name="folder">Where data and logs go.</param>
    /// <param name="seed">Decides which faults come, and when.</param>
    /// <param name="faults">How many.</param>
    /// <param name="say">Takes a line for each fault.</param>
    public ChaosRun(string folder, int seed, int faults, Action<string> say)
    {
        _folder = folder;
        _seed = seed;
        _faults = faults;
        _say = say;
    }

    /// <summary>Runs it.</summary>
    public async Task<ChaosResult> RunAsync(CancellationToken cancellation)
    {
        _say($"seed {_seed}");
        var random = new Random(_seed);
        await using var stage = await ChaosStage.StartAsync(_folder, silos: 3, running: 3, pipelines: 2, cancellation);
        await using var load = new SteadyLoad(stage.Kafka, [.. stage.Pipelines.Select(p => p.Id)], ChaosStage.Partitions, EventsPerSecond);
        await stage.UntilRowsFlowAsync(None(stage), FlowPatience, cancellation);
        var injector = new FaultInjector(stage, random);
        for (var number = 1; number <= _faults; number++)
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(500, 3000)));
            await pause.WaitForNextTickAsync(cancellation);
            var what = await injector.InjectAsync(injector.Draw(), cancellation);
            // Rows beyond what is there once the fault has happened, in every partition.
            var before = await stage.HighestAsync(cancellation) ?? throw new InvalidOperationException("ClickHouse does not answer after the fault");
            var flows = await stage.UntilRowsFlowAsync(before, FlowPatience, cancellation);
            _say(string.Create(CultureInfo.InvariantCulture, $"fault {number}: {what}; rows flow after {flows.TotalSeconds:0.0} s"));
        }

        await load.FinishAsync();
        if (load.Refused > 0) _say($"{load.Refused} events were refused by Kafka while it restarted");
        foreach (var silo in stage.Silos.Ended) await silo.StartAsync(cancellation);
        return await CountAsync(stage, cancellation);
    }

    private static List<long[]> None(ChaosStage stage) => [.. stage.Pipelines.Select(_ => Enumerable.Repeat(-1L, ChaosStage.Partitions).ToArray())];

    // A row that comes twice comes late: the count has to stand still before it counts.
    private async Task<ChaosResult> CountAsync(ChaosStage stage, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        ChaosResult? last = null;
        while (true)
        {
            await timer.WaitForNextTickAsync(cancellation);
            var counts = new List<(long Produced, long Stored, long Unique)>();
            foreach (var pipeline in stage.Pipelines) counts.Add(await pipeline.CountAsync(cancellation));
            var result = new ChaosResult(_faults, counts.Sum(c => c.Produced), counts.Sum(c => c.Stored), counts.Sum(c => c.Produced - c.Unique), counts.Sum(c => c.Stored - c.Unique));
            if (result == last && (result.Missing == 0 || TimeProvider.System.GetElapsedTime(start) > EndPatience))
            {
                if (result is not { Missing: 0, Duplicate: 0 }) _say(await stage.DescribeAsync(cancellation));
                return result;
            }

            last = result;
        }
    }
}
