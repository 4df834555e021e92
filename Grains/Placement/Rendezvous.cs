using Orleans.Runtime;

namespace ClickSink.Grains.Placement;

/// <summary>Which of several silos a key belongs to: every silo comes to the same answer, and when one goes only its keys find others.</summary>
public static class Rendezvous
{
    /// <summary>The silo that a key belongs to.</summary>
    /// <param name="silos">The silos to choose from; at least one.</param>
    /// <param name="key">The key.</param>
    public static SiloAddress Choose(IEnumerable<SiloAddress> silos, string key) =>
        silos.OrderBy(silo => Rank(silo, key)).ThenBy(silo => silo.ToString(), StringComparer.Ordinal).First();

    /// <summary>The place of a silo among those that a key could belong to: the lowest wins.</summary>
    public static uint Rank(SiloAddress silo, string key)
    {
        // FNV-1a: the same on every silo, which string.GetHashCode is not.
        var hash = 2166136261;
        foreach (var c in $"{silo}/{key}") hash = (hash ^ c) * 16777619;
        return hash;
    }
}
