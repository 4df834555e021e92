using Orleans.Runtime;

namespace ClickSink.Grains.Placement;

/// <summary>Decides which silo gives replicas up, and how many. Every silo comes to the same answer from the same census, and only one acts.</summary>
public static class Balance
{
    /// <summary>How many replicas a silo is to give up now.</summary>
    /// <param name="counts">Replicas by silo; every silo that can take some is in it.</param>
    /// <param name="self">The silo that asks.</param>
    /// <returns>0 unless it has the most, and at least two more than the one with the fewest.</returns>
    public static int Excess(IReadOnlyDictionary<SiloAddress, int> counts, SiloAddress self)
    {
        if (counts.Count < 2 || !counts.ContainsKey(self)) return 0;
        // The fullest silo moves first, and ties are broken by address: two at once would both fill the emptiest.
        var fullest = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key.ToString(), StringComparer.Ordinal).First();
        var gap = fullest.Value - counts.Values.Min();
        return fullest.Key.Equals(self) && gap >= 2 ? Math.Max(1, gap / 2) : 0;
    }
}
