using Orleans.Runtime;

namespace ClickSink.Grains.Placement;

/// <summary>How many replicas each silo has, as this silo knows it: counted now and then by whoever calls <see cref="Replace"/>, and kept up by what is placed from here.</summary>
public sealed class ReplicaCensus
{
    private readonly Lock _lock = new();
    private Dictionary<SiloAddress, int> _counts = [];

    /// <summary>Takes a new count in.</summary>
    public void Replace(IReadOnlyDictionary<SiloAddress, int> counts)
    {
        lock (_lock) _counts = new Dictionary<SiloAddress, int>(counts);
    }

    /// <summary>The replicas of each silo that was counted or placed upon.</summary>
    public IReadOnlyDictionary<SiloAddress, int> Snapshot()
    {
        lock (_lock) return new Dictionary<SiloAddress, int>(_counts);
    }

    /// <summary>Chooses a silo for a replica and counts it there.</summary>
    /// <param name="silos">The silos to choose from; at least one.</param>
    /// <param name="replica">The replica's identity: silos with as many replicas as each other are told apart by it, so that two silos placing at once do not both take the first.</param>
    public SiloAddress Choose(IReadOnlyList<SiloAddress> silos, string replica)
    {
        lock (_lock)
        {
            var chosen = silos.OrderBy(silo => _counts.GetValueOrDefault(silo)).ThenBy(silo => Rendezvous.Rank(silo, replica)).First();
            _counts[chosen] = _counts.GetValueOrDefault(chosen) + 1;
            return chosen;
        }
    }
}
