using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Placement;
using ClickSink.Grains.Replicas;
using ClickSink.Silo.Hosting;
using Orleans.Runtime;

namespace ClickSink.Silo.Supervision;

/// <summary>
/// Counts the replicas of every silo, and moves some of this one's when it has the most and another has at least two fewer: placement acts on new activations
/// only, so a silo that joins would stay empty (dotnet/orleans issues 2684, 3336, 8917).
/// </summary>
internal sealed partial class ReplicaBalancer : BackgroundService
{
    private static readonly TimeSpan CensusTimeout = TimeSpan.FromSeconds(5);

    // A silo that has just joined is still starting the rest of itself: a replica that moved there now would stand still for longer.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    private static readonly string ReplicaType = typeof(ReplicaGrain).FullName!;

    private readonly IGrainFactory _grains;
    private readonly ILocalSiloDetails _self;
    private readonly ReplicaCensus _census;
    private readonly LocalReplicas _local;
    private readonly SiloHostOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ReplicaBalancer> _logger;
    private readonly Dictionary<SiloAddress, long> _seenAt = [];

    public ReplicaBalancer(
        IGrainFactory grains, ILocalSiloDetails self, ReplicaCensus census, LocalReplicas local, SiloHostOptions options, TimeProvider time, ILogger<ReplicaBalancer> logger)
    {
        _grains = grains;
        _self = self;
        _census = census;
        _local = local;
        _options = options;
        _time = time;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.SupervisionPeriod, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var counts = await CountAsync().WaitAsync(CensusTimeout, _time, stoppingToken);
                _census.Replace(counts);
                await ShedAsync(Balance.Excess(Settled(counts), _self.SiloAddress), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Some silo does not answer, most likely because it is dying. The last census stands until the next one.
                LogCensusFailed(e.Message);
            }
        }
    }

    private async Task<Dictionary<SiloAddress, int>> CountAsync()
    {
        var management = _grains.GetGrain<IManagementGrain>(0);
        var active = (await management.GetHosts(onlyActive: true)).Keys.ToArray();
        var counts = active.ToDictionary(silo => silo, _ => 0);
        foreach (var statistic in await management.GetSimpleGrainStatistics(active))
        {
            if (statistic.GrainType.StartsWith(ReplicaType, StringComparison.Ordinal) && counts.ContainsKey(statistic.SiloAddress))
                counts[statistic.SiloAddress] += statistic.ActivationCount;
        }

        return counts;
    }

    private Dictionary<SiloAddress, int> Settled(Dictionary<SiloAddress, int> counts)
    {
        foreach (var gone in _seenAt.Keys.Except(counts.Keys).ToList()) _seenAt.Remove(gone);
        foreach (var silo in counts.Keys) _seenAt.TryAdd(silo, _time.GetTimestamp());
        return counts.Where(count => _time.GetElapsedTime(_seenAt[count.Key]) >= Settling).ToDictionary();
    }

    private async Task ShedAsync(int excess, CancellationToken cancellation)
    {
        if (excess == 0) return;
        var moved = _local.Keys.Take(excess).ToList();
        LogMoving(moved.Count, string.Join(", ", moved));
        await Task.WhenAll(moved.Select(key => _grains.GetGrain<IReplicaGrain>(key).MoveAsync(_self.SiloAddress.ToString(), cancellation)));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This silo has the most replicas; {Count} of them move: {Replicas}")]
    private partial void LogMoving(int count, string replicas);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The replicas of the cluster cannot be counted now: {Error}. They are counted again")]
    private partial void LogCensusFailed(string error);
}
