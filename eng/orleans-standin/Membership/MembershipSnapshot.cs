using System.Collections.Frozen;
using Orleans.Runtime;

namespace Orleans.Standin.Membership;

/// <summary>The membership table as it was at one version.</summary>
internal sealed class MembershipSnapshot
{
    private readonly FrozenDictionary<SiloAddress, MembershipEntry> _entries;

    public MembershipSnapshot(int version, IEnumerable<MembershipEntry> entries)
    {
        Version = version;
        _entries = entries.ToFrozenDictionary(entry => entry.SiloAddress);
        Active = [.. _entries.Values.Where(entry => entry.Status == SiloStatus.Active).Select(entry => entry.SiloAddress).Order()];
    }

    public static MembershipSnapshot Empty { get; } = new(-1, []);

    public int Version { get; }

    public IReadOnlyCollection<MembershipEntry> Entries => _entries.Values;

    public IReadOnlyList<SiloAddress> Active { get; }

    public MembershipEntry? Find(SiloAddress silo) => _entries.GetValueOrDefault(silo);

    /// <summary>The silo's state; None where the table has no row of it.</summary>
    public SiloStatus StatusOf(SiloAddress silo) => Find(silo)?.Status ?? SiloStatus.None;
}
