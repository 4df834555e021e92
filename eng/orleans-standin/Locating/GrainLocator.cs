using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Standin.Membership;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Locating;

/// <summary>Where grains are: what this silo remembers, and the directory behind it. Entries of dead silos count as none.</summary>
internal sealed class GrainLocator
{
    private readonly ConcurrentDictionary<GrainId, SiloAddress> _remembered = new();
    private readonly IGrainDirectory _directory;
    private readonly ClusterView _cluster;
    private readonly SiloAddress _self;

    public GrainLocator(IGrainDirectory directory, ClusterView cluster, ILocalSiloDetails details)
    {
        (_directory, _cluster, _self) = (directory, cluster, details.SiloAddress);
        cluster.Changed += ForgetDeadSilos;
    }

    /// <summary>The silo that runs the grain; null where none does.</summary>
    public async ValueTask<SiloAddress?> FindAsync(GrainId grain)
    {
        if (_remembered.TryGetValue(grain, out var silo))
            return silo;
        if (await _directory.FindAsync(grain) is not { } entry || await _cluster.IsDeadAsync(entry.Silo))
            return null;

        Remember(grain, entry.Silo);
        return entry.Silo;
    }

    public void Remember(GrainId grain, SiloAddress silo)
    {
        // The silo's own activations are in its table already.
        if (!silo.Equals(_self))
            _remembered[grain] = silo;
    }

    public void Forget(GrainId grain) => _remembered.TryRemove(grain, out _);

    /// <summary>Registers an activation of this silo. Answers the silo that has the grain already; null where this one has it now.</summary>
    public async Task<SiloAddress?> RegisterAsync(Activation activation)
    {
        var mine = Entry(activation);
        DirectoryEntry? toReplace = null;
        while (true)
        {
            var standing = await _directory.RegisterAsync(mine, toReplace);
            if (standing == mine)
                return null;

            // Left behind by this silo, or by one that is dead.
            if (standing != toReplace && (standing.Silo.Equals(_self) || await _cluster.IsDeadAsync(standing.Silo)))
            {
                toReplace = standing;
                continue;
            }

            Remember(activation.GrainId, standing.Silo);
            return standing.Silo;
        }
    }

    public Task UnregisterAsync(Activation activation) => _directory.UnregisterAsync(Entry(activation));

    private DirectoryEntry Entry(Activation activation) => new(activation.GrainId, _self, activation.Id);

    private void ForgetDeadSilos(MembershipSnapshot snapshot)
    {
        foreach (var (grain, silo) in _remembered)
        {
            if (snapshot.StatusOf(silo) is SiloStatus.None or SiloStatus.Dead)
                _remembered.TryRemove(new(grain, silo));
        }
    }
}
