using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Standin.Membership;

/// <summary>A silo joins only when it reaches every other that lives: one that can talk to a part of the cluster would harm it all.</summary>
internal sealed partial class JoinCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ClusterView _cluster;
    private readonly SiloProber _prober;
    private readonly MembershipAgent _agent;
    private readonly ClusterMembershipOptions _options;
    private readonly SiloAddress _self;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public JoinCheck(
        ClusterView cluster,
        SiloProber prober,
        MembershipAgent agent,
        ILocalSiloDetails details,
        IOptions<ClusterMembershipOptions> options,
        TimeProvider time,
        ILogger<JoinCheck> logger)
    {
        (_cluster, _prober, _agent, _options) = (cluster, prober, agent, options.Value);
        (_self, _time, _logger) = (details.SiloAddress, time, logger);
    }

    /// <summary>Waits until every silo that lives answers. Those that still do not after the longest time for a join get a vote against them.</summary>
    public async Task WaitUntilReachableAsync(CancellationToken cancellation)
    {
        var begin = _time.GetTimestamp();
        while (true)
        {
            var others = Living(await _cluster.RefreshAsync()).ToList();
            var answers = await Task.WhenAll(others.Select(silo => _prober.ProbeAsync(silo, cancellation)));
            var silent = others.Where((_, index) => !answers[index]).ToList();
            if (silent.Count == 0)
                return;

            if (_time.GetElapsedTime(begin) > _options.MaxJoinAttemptTime)
            {
                foreach (var silo in silent)
                    await _agent.SuspectAsync(silo);
                throw new OrleansException($"This silo cannot join: {string.Join(", ", silent)} did not answer for {_options.MaxJoinAttemptTime}.");
            }

            LogWaiting(_logger, string.Join(", ", silent));
            await Task.Delay(Pause, _time, cancellation);
        }
    }

    /// <summary>The active silos whose heartbeat is not too old.</summary>
    private IEnumerable<SiloAddress> Living(MembershipSnapshot snapshot)
    {
        var oldest = _time.GetUtcNow().UtcDateTime - _options.IAmAliveTablePublishTimeout * _options.NumMissedTableIAmAliveLimit;
        return snapshot.Entries
            .Where(entry => entry.Status == SiloStatus.Active && entry.IAmAliveTime > oldest && !entry.SiloAddress.Equals(_self))
            .Select(entry => entry.SiloAddress);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting to join: {Silos} do not answer, and are not declared dead yet")]
    private static partial void LogWaiting(ILogger logger, string silos);
}
