using ClickSink.Servers;

namespace ClickSink.Tests.Shared.Chaos;

/// <summary>Draws faults and brings them about.</summary>
public sealed class FaultInjector
{
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);
    private readonly ChaosStage _stage;
    private readonly Random _random;

    /// <summary>Makes an injector.</summary>
    public FaultInjector(ChaosStage stage, Random random)
    {
        _stage = stage;
        _random = random;
    }

    /// <summary>Draws a fault that is possible now: one silo always stays.</summary>
    public FaultKind Draw()
    {
        var possible = Enum.GetValues<FaultKind>().Where(kind => kind switch
        {
            FaultKind.KillSilo or FaultKind.StopSilo or FaultKind.FreezeSilo => _stage.Silos.Running.Count > 1,
            FaultKind.StartSilo => _stage.Silos.Ended.Count > 0,
            _ => true,
        }).ToList();
        // Few silos are a dull cluster: when some are away, starting one is three times as likely.
        if (possible.Contains(FaultKind.StartSilo)) possible.AddRange([FaultKind.StartSilo, FaultKind.StartSilo]);
        return possible[_random.Next(possible.Count)];
    }

    /// <summary>Brings a fault about.</summary>
    /// <returns>What was done, for people.</returns>
    public async Task<string> InjectAsync(FaultKind kind, CancellationToken cancellation)
    {
        switch (kind)
        {
            case FaultKind.KillSilo: return await OnSiloAsync("SIGKILL", Any(_stage.Silos.Running), silo => silo.KillAsync());
            case FaultKind.StopSilo: return await OnSiloAsync("stop in order", Any(_stage.Silos.Running), silo => silo.StopAsync());
            case FaultKind.StartSilo: return await OnSiloAsync("start", Any(_stage.Silos.Ended), silo => silo.StartAsync(cancellation));
            case FaultKind.FreezeSilo: return await OnSiloAsync("SIGSTOP for 20 s", Any(_stage.Silos.Running), silo => FreezeAsync(silo, cancellation));
            case FaultKind.RestartPostgres:
                await _stage.Postgres.RestartAsync(cancellation);
                return "restart PostgreSQL";
            case FaultKind.RestartKafka:
                await _stage.Kafka.RestartAsync(cancellation);
                return "restart Kafka";
            case FaultKind.KillClickHouse:
                await _stage.ClickHouse.KillAsync();
                await WaitAsync(Away, cancellation);
                await _stage.ClickHouse.StartAsync(cancellation);
                return "SIGKILL ClickHouse, start it after 3 s";
            case FaultKind.CutConnections: return Cut(Any(_stage.Silos.Running));
            case FaultKind.Scale: return await ChangeAsync(cancellation, pipeline =>
            {
                pipeline.Replicas = Other(pipeline.Replicas, 1, 4);
                return $"scale {pipeline.Id} to {pipeline.Replicas}";
            });
            default: return await ChangeAsync(cancellation, pipeline =>
            {
                pipeline.OptionalColumns = Other(pipeline.OptionalColumns, 0, 3);
                return $"edit the mapping of {pipeline.Id}: {pipeline.OptionalColumns} optional columns";
            });
        }
    }

    private static async Task<string> OnSiloAsync(string what, SiloServer silo, Func<SiloServer, Task> act)
    {
        await act(silo);
        return $"{what} {silo.Name}";
    }

    private static async Task FreezeAsync(SiloServer silo, CancellationToken cancellation)
    {
        silo.Freeze();
        await WaitAsync(Frozen, cancellation);
        if (silo.IsRunning) silo.Thaw();
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync(cancellation);
    }

    private string Cut(SiloServer silo)
    {
        (string Name, int Port)[] targets = [("PostgreSQL", _stage.Postgres.Port), ("Kafka", _stage.Kafka.Port), ("ClickHouse", _stage.ClickHouse.Port)];
        var (name, port) = targets[_random.Next(targets.Length)];
        return $"cut {Connections.Cut(silo.Pid!.Value, port)} connections of {silo.Name} to {name}";
    }

    private async Task<string> ChangeAsync(CancellationToken cancellation, Func<ChaosPipeline, string> change)
    {
        var pipeline = _stage.Pipelines[_random.Next(_stage.Pipelines.Count)];
        var what = change(pipeline);
        await pipeline.ApplyAsync(_stage.Silos, cancellation);
        return what;
    }

    private int Other(int present, int least, int most)
    {
        var other = _random.Next(least, most);
        return other >= present ? other + 1 : other;
    }

    private SiloServer Any(IReadOnlyList<SiloServer> silos) => silos[_random.Next(silos.Count)];
}
