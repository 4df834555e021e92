using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Membership;

/// <summary>Probes the silos that come after this one on the ring, and votes against those that miss too many probes in a row.</summary>
internal sealed class SiloProber
{
    private readonly Dictionary<SiloAddress, int> _missed = [];
    private readonly ClusterView _cluster;
    private readonly MembershipAgent _agent;
    private readonly ClusterMembershipOptions _options;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly SiloAddress _self;
    private long _lastRound;

    public SiloProber(
        ClusterView cluster,
        MembershipAgent agent,
        ILocalSiloDetails details,
        IOptions<ClusterMembershipOptions> options,
        IServiceProvider services,
        TimeProvider time)
    {
        (_cluster, _agent, _self, _options) = (cluster, agent, details.SiloAddress, options.Value);
        (_services, _time) = (services, time);
        _lastRound = time.GetTimestamp();
    }

    /// <summary>One round of probes.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        // A process that stood still may have been declared dead meanwhile: it must learn so before it does anything else.
        var stoodStill = _time.GetElapsedTime(_lastRound) > _options.ProbeTimeout * 2.5;
        _lastRound = _time.GetTimestamp();
        var snapshot = stoodStill ? await _cluster.RefreshAsync() : _cluster.Current;

        var targets = TargetsOf(_self, snapshot, _options.NumProbedSilos);
        foreach (var gone in _missed.Keys.Except(targets).ToList())
            _missed.Remove(gone);

        var answers = await Task.WhenAll(targets.Select(silo => ProbeAsync(silo, cancellation)));
        foreach (var (silo, answered) in targets.Zip(answers))
        {
            _missed[silo] = answered ? 0 : _missed.GetValueOrDefault(silo) + 1;
            if (_missed[silo] >= _options.NumMissedProbesLimit && _options.LivenessEnabled && !cancellation.IsCancellationRequested)
                await _agent.SuspectAsync(silo);
        }
    }

    /// <summary>Whether a silo answers in time.</summary>
    public async Task<bool> ProbeAsync(SiloAddress silo, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(_options.ProbeTimeout);
        var probe = SiloControl.Of(silo, _services).Probe(timeout.Token);
        await probe.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return probe.IsCompletedSuccessfully;
    }

    /// <summary>The silos that come after this one on the ring of consistent hashes, as many as are to be probed.</summary>
    internal static List<SiloAddress> TargetsOf(SiloAddress self, MembershipSnapshot snapshot, int count)
    {
        var ring = snapshot.Entries
            .Where(entry => entry.Status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping)
            .Select(entry => entry.SiloAddress)
            .Append(self)
            .Distinct()
            .OrderBy(silo => silo.GetConsistentHashCode())
            .ThenBy(silo => silo)
            .ToList();
        var own = ring.IndexOf(self);
        return [.. ring.Skip(own + 1).Concat(ring.Take(own)).Take(count)];
    }
}
