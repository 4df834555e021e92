using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Standin.Membership;

/// <summary>The rule by which silos declare one of them dead: enough of them suspect it at the same time.</summary>
internal static class DeathVotes
{
    /// <summary>Adds this silo's suspicion to a silo's row, and makes it Dead if that is enough.</summary>
    /// <param name="suspect">The row as it was read; it is not changed.</param>
    /// <param name="voter">Who suspects.</param>
    /// <param name="cluster">The table as it was read.</param>
    /// <param name="options">How many votes, and how long they count.</param>
    /// <param name="now">The time of the vote, UTC.</param>
    public static MembershipEntry Cast(
        MembershipEntry suspect, SiloAddress voter, MembershipSnapshot cluster, ClusterMembershipOptions options, DateTime now)
    {
        var votes = (suspect.SuspectTimes ?? [])
            .Where(vote => !vote.Item1.Equals(voter) && now - vote.Item2 < options.DeathVoteExpirationTimeout)
            .Append(Tuple.Create(voter, now))
            .ToList();

        // In a small cluster half of the silos are enough: of two, one must be able to go on alone.
        var needed = Math.Min(options.NumVotesForDeathDeclaration, (cluster.Active.Count + 1) / 2);
        return suspect.With(votes.Count >= needed ? SiloStatus.Dead : suspect.Status, votes);
    }

    /// <summary>A copy of a row with another state.</summary>
    public static MembershipEntry With(
        this MembershipEntry entry, SiloStatus status, List<Tuple<SiloAddress, DateTime>>? votes = null) => new()
        {
            SiloAddress = entry.SiloAddress,
            SiloName = entry.SiloName,
            HostName = entry.HostName,
            ProxyPort = entry.ProxyPort,
            StartTime = entry.StartTime,
            IAmAliveTime = entry.IAmAliveTime,
            Status = status,
            SuspectTimes = votes ?? entry.SuspectTimes,
        };
}
