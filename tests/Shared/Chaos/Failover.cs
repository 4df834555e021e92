using System.Text.Json.Nodes;
using ClickSink.Servers;

namespace ClickSink.Tests.Shared.Chaos;

/// <summary>Measures how long partitions stand still when their silo dies, and when a silo joins.</summary>
public sealed class Failover
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private readonly ChaosStage _stage;

    /// <summary>Measures on a stage under load.</summary>
    public Failover(ChaosStage stage) => _stage = stage;

    /// <summary>Kills a silo that has replicas.</summary>
    /// <returns>From the SIGKILL to the first new row of the last of its partitions.</returns>
    public async Task<TimeSpan> KillAsync(SiloServer silo, CancellationToken cancellation)
    {
        var victims = await PartitionsOnAsync(silo, cancellation);
        if (victims.Count == 0) throw new InvalidOperationException($"{silo.Name} has no replica that could fail over");
        var start = TimeProvider.System.GetTimestamp();
        await silo.KillAsync();
        // Rows that were under way at the kill arrive a moment later; they do not count.
        using (var settle = new PeriodicTimer(TimeSpan.FromMilliseconds(150))) await settle.WaitForNextTickAsync(cancellation);
        var before = await _stage.HighestAsync(cancellation) ?? throw new InvalidOperationException("ClickHouse does not answer");
        using var timer = new PeriodicTimer(Step);
        while (true)
        {
            var now = await _stage.HighestAsync(cancellation);
            if (now is not null && victims.All(v => now[v.Pipeline][v.Partition] > before[v.Pipeline][v.Partition])) return TimeProvider.System.GetElapsedTime(start);
            if (TimeProvider.System.GetElapsedTime(start) > Patience) throw new TimeoutException($"partitions of {silo.Name} do not flow again: {await _stage.DescribeAsync(cancellation)}");
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>Starts a silo and watches how it gets its share.</summary>
    /// <returns>From its being ready until no silo has two replicas more than another, and the longest pause of any partition meanwhile.</returns>
    public async Task<(TimeSpan Balanced, TimeSpan Pause)> JoinAsync(SiloServer silo, CancellationToken cancellation)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pauses = LongestPauseAsync(watching.Token);
        await silo.StartAsync(cancellation);
        var start = TimeProvider.System.GetTimestamp();
        var balanced = await UntilBalancedAsync(start, cancellation);
        // A move that has just ended still shows its pause.
        using (var settle = new PeriodicTimer(TimeSpan.FromSeconds(3))) await settle.WaitForNextTickAsync(cancellation);
        await watching.CancelAsync();
        return (balanced, await pauses);
    }

    /// <summary>Waits until every silo that runs has its share, give or take one replica.</summary>
    public async Task<TimeSpan> UntilBalancedAsync(long start, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var counts = await CountAsync(cancellation);
            if (counts.Values.Max() - counts.Values.Min() <= 1) return TimeProvider.System.GetElapsedTime(start);
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"the replicas stay unbalanced: {string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"))}");
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private async Task<Dictionary<string, int>> CountAsync(CancellationToken cancellation)
    {
        var counts = _stage.Silos.Running.ToDictionary(silo => $"{silo.SiloPort}", _ => 0);
        foreach (var pipeline in _stage.Pipelines)
        {
            var replicas = await _stage.Silos.ReplicasBySiloAsync(pipeline.Id, cancellation);
            foreach (var (port, list) in replicas ?? new Dictionary<string, List<JsonNode>>())
            {
                if (counts.ContainsKey(port)) counts[port] += list.Count(r => (string?)r["phase"] is "running");
            }
        }

        return counts;
    }

    private async Task<List<(int Pipeline, int Partition)>> PartitionsOnAsync(SiloServer silo, CancellationToken cancellation)
    {
        var found = new List<(int, int)>();
        for (var i = 0; i < _stage.Pipelines.Count; i++)
        {
            var replicas = await _stage.Silos.ReplicasBySiloAsync(_stage.Pipelines[i].Id, cancellation);
            if (replicas?.GetValueOrDefault($"{silo.SiloPort}") is not { } here) continue;
            found.AddRange(here.SelectMany(r => r["partitions"]!.AsArray()).Select(p => (i, (int)p!["partition"]!)));
        }

        return found;
    }

    // The longest time in which a partition had no new row, as seen by looking every few milliseconds.
    private async Task<TimeSpan> LongestPauseAsync(CancellationToken stop)
    {
        var time = TimeProvider.System;
        var longest = TimeSpan.Zero;
        var last = new Dictionary<(int, int), (long Offset, long At)>();
        using var timer = new PeriodicTimer(Step);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (await _stage.HighestAsync(stop) is not { } now) continue;
                for (var pipeline = 0; pipeline < now.Count; pipeline++)
                {
                    for (var partition = 0; partition < now[pipeline].Length; partition++)
                    {
                        var key = (pipeline, partition);
                        if (last.TryGetValue(key, out var seen) && seen.Offset == now[pipeline][partition]) continue;
                        if (seen.At != 0 && time.GetElapsedTime(seen.At) > longest) longest = time.GetElapsedTime(seen.At);
                        last[key] = (now[pipeline][partition], time.GetTimestamp());
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Watched long enough.
        }

        return longest;
    }
}
