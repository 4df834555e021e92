using Orleans.Runtime;

namespace Orleans.Standin.Membership;

/// <summary>The table in which a cluster agrees on its members. A write counts only if the version is still the one that was read.</summary>
internal interface IMembershipTable
{
    /// <summary>Makes the cluster's version row if it is the first silo.</summary>
    Task InitializeAsync();

    Task<MembershipSnapshot> ReadAsync();

    /// <summary>Adds a silo; false if somebody wrote since the version was read.</summary>
    Task<bool> InsertAsync(MembershipEntry entry, int version);

    /// <summary>Changes a silo's state and suspicions; false if somebody wrote since the version was read.</summary>
    Task<bool> UpdateAsync(MembershipEntry entry, int version);

    Task HeartbeatAsync(SiloAddress silo, DateTime now);

    /// <summary>Removes silos that are not active and were last alive before this time.</summary>
    Task CleanUpAsync(DateTime lastAliveBefore);
}
