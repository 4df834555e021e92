using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Servers.Postgres;

namespace ClickSink.Tests.Shared.Chaos;

/// <summary>Servers, silos and pipelines of one cluster that faults are tried on.</summary>
public sealed class ChaosStage : IAsyncDisposable
{
    /// <summary>Partitions of each pipeline's topic.</summary>
    public const int Partitions = 4;

    private readonly ServerSet _set;

    private ChaosStage(ServerSet set) => _set = set;

    /// <summary>PostgreSQL.</summary>
    public required PostgresServer Postgres { get; init; }

    /// <summary>Kafka.</summary>
    public required KafkaServer Kafka { get; init; }

    /// <summary>ClickHouse.</summary>
    public required EmbeddedClickHouseServer ClickHouse { get; init; }

    /// <summary>The silos.</summary>
    public required SiloPool Silos { get; init; }

    /// <summary>The pipelines, created and running.</summary>
    public IReadOnlyList<ChaosPipeline> Pipelines { get; private set; } = [];

    /// <summary>Starts everything.</summary>
    /// <param name="folder">Where data and logs go; what is there is removed.</param>
    /// <param name="silos">How many silos there are.</param>
    /// <param name="running">How many of them are started.</param>
    /// <param name="pipelines">How many pipelines there are.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<ChaosStage> StartAsync(string folder, int silos, int running, int pipelines, CancellationToken cancellation)
    {
        var set = await ServerSet.OpenAsync(folder, fresh: true);
        try
        {
            var postgres = await set.AddAsync("postgres", f => new PostgresServer(f));
            var kafka = await set.AddAsync("kafka", f => new KafkaServer(f));
            var clickHouse = await set.AddAsync("clickhouse", f => new EmbeddedClickHouseServer(f));
            await set.StartAsync(cancellation);
            var database = await postgres.EnsureDatabaseAsync("clicksink", cancellation);
            var all = new List<SiloServer>();
            for (var i = 0; i < silos; i++)
            {
                var name = $"silo-{i}";
                all.Add(await set.AddAsync(name, f => new SiloServer(f, database, name: name)));
            }

            await Task.WhenAll(all.Take(running).Select(silo => silo.StartAsync(cancellation)));
            var stage = new ChaosStage(set) { Postgres = postgres, Kafka = kafka, ClickHouse = clickHouse, Silos = new SiloPool(all) };
            stage.Pipelines = [.. Enumerable.Range(0, pipelines).Select(i => new ChaosPipeline($"chaos-{i}", kafka, clickHouse, Partitions))];
            foreach (var pipeline in stage.Pipelines)
            {
                await pipeline.CreateAsync(cancellation);
                await pipeline.ApplyAsync(stage.Silos, cancellation);
            }

            return stage;
        }
        catch
        {
            await set.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until every partition of the pipelines has a row beyond those it has now.</summary>
    /// <returns>How long that took.</returns>
    /// <exception cref="TimeoutException">It took longer than the patience.</exception>
    public async Task<TimeSpan> UntilRowsFlowAsync(IReadOnlyList<long[]> before, TimeSpan patience, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var now = await HighestAsync(cancellation);
            if (now is not null && now.Zip(before).All(p => p.First.Zip(p.Second).All(o => o.First > o.Second))) return TimeProvider.System.GetElapsedTime(start);
            if (TimeProvider.System.GetElapsedTime(start) > patience) throw new TimeoutException($"rows do not flow again after {patience.TotalSeconds:0} s: {await DescribeAsync(cancellation)}");
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>The highest offset stored of each partition of each pipeline; null while ClickHouse does not answer.</summary>
    public async Task<IReadOnlyList<long[]>?> HighestAsync(CancellationToken cancellation)
    {
        var all = new List<long[]>();
        foreach (var pipeline in Pipelines)
        {
            if (await pipeline.HighestAsync(cancellation) is not { } offsets) return null;
            all.Add(offsets);
        }

        return all;
    }

    /// <summary>Waits until a pipeline has stored every message of its topic.</summary>
    /// <exception cref="TimeoutException">It took longer than the patience.</exception>
    public async Task UntilStoredAsync(ChaosPipeline pipeline, TimeSpan patience, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (true)
        {
            var (produced, _, unique) = await pipeline.CountAsync(cancellation);
            if (unique >= produced) return;
            if (TimeProvider.System.GetElapsedTime(start) > patience)
                throw new TimeoutException($"{pipeline.Id}: {unique} of {produced} messages are stored after {patience.TotalSeconds:0} s: {await DescribeAsync(cancellation)}");
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>The status of each pipeline, for messages.</summary>
    public async Task<string> DescribeAsync(CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            var states = await Task.WhenAll(Pipelines.Select(p => Silos.AskAsync(HttpMethod.Get, $"api/pipelines/{p.Id}/status", null, bound.Token)));
            return string.Join("\n", states.Select(s => s?.ToJsonString()));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "no silo answers";
        }
    }

    /// <summary>Stops everything.</summary>
    public ValueTask DisposeAsync() => _set.DisposeAsync();
}
