using System.Net;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Locating;
using Orleans.Standin.Membership;
using Orleans.Standin.Reminders;

namespace Orleans.Standin.Tests;

/// <summary>The rules that silos decide by: votes, the ring, generations.</summary>
public sealed class MembershipRuleTests
{
    private static readonly DateTime Now = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(10, 2)]
    public void Cast_Votes_KillWhenEnoughSilosSuspect(int silos, int needed)
    {
        var cluster = Cluster(silos);
        var suspect = cluster.Entries.First();
        for (var vote = 1; vote <= needed; vote++)
        {
            Assert.Equal(SiloStatus.Active, suspect.Status);
            suspect = DeathVotes.Cast(suspect, Silo(100 + vote), cluster, new ClusterMembershipOptions(), Now);
        }

        Assert.Equal(SiloStatus.Dead, suspect.Status);
    }

    [Fact]
    public void Cast_SameVoterOrOldVote_CountsOnce()
    {
        var cluster = Cluster(3);
        var options = new ClusterMembershipOptions();
        var once = DeathVotes.Cast(cluster.Entries.First(), Silo(101), cluster, options, Now);
        var twice = DeathVotes.Cast(once, Silo(101), cluster, options, Now);
        var late = DeathVotes.Cast(once, Silo(102), cluster, options, Now + options.DeathVoteExpirationTimeout);

        Assert.Equal(SiloStatus.Active, twice.Status);
        Assert.Equal(SiloStatus.Active, late.Status);
        Assert.Single(late.SuspectTimes!);
    }

    [Fact]
    public void TargetsOf_EverySilo_IsProbedByAsManyAsItProbes()
    {
        var cluster = Cluster(5);

        var probed = cluster.Active.SelectMany(silo => SiloProber.TargetsOf(silo, cluster, 2)).GroupBy(silo => silo).ToList();

        Assert.Equal(5, probed.Count);
        Assert.All(probed, silo => Assert.Equal(2, silo.Count()));
        Assert.Empty(SiloProber.TargetsOf(Silo(1), Cluster(1), 10));
    }

    [Fact]
    public void PartOf_AllSilos_CoverTheRingOnce()
    {
        var silos = Cluster(4).Active;
        var parts = silos.Select(silo => ReminderService.PartOf(silo, silos)).OrderBy(part => part.UpTo).ToList();

        Assert.Equal(parts.Select(part => part.UpTo), parts.Skip(1).Append(parts[0]).Select(part => part.After));
        var alone = ReminderService.PartOf(silos[0], [silos[0]]);
        Assert.Equal(alone.After, alone.UpTo);
    }

    [Fact]
    public void HolderOf_EveryGrain_IsOneOfTheActiveSilos()
    {
        var silos = Cluster(3).Active;

        Assert.All(Enumerable.Range(0, 50), i => Assert.Contains(DirectoryLoss.HolderOf(GrainId.Create("g", $"{i}"), silos)!, silos));
    }

    [Fact]
    public void SiloAddress_TextAndGenerations_AreOrleansOwn()
    {
        var (old, young) = (SiloAddress.New(IPAddress.Loopback, 11111, 5), SiloAddress.FromParsableString("127.0.0.1:11111@6"));

        Assert.Equal("127.0.0.1:11111@5", old.ToParsableString());
        Assert.Equal("S127.0.0.1:11111:6", young.ToString());
        Assert.True(old.IsPredecessorOf(young));
        Assert.True(young.IsSuccessorOf(old));
        Assert.True(SiloAddress.AllocateNewGeneration() < SiloAddress.AllocateNewGeneration());
        Assert.Throws<FormatException>(() => SiloAddress.FromParsableString("127.0.0.1:11111"));
    }

    private static SiloAddress Silo(int number) => SiloAddress.New(IPAddress.Loopback, 10_000 + number, 1);

    private static MembershipSnapshot Cluster(int silos) => new(1, Enumerable.Range(1, silos).Select(number => new MembershipEntry
    {
        SiloAddress = Silo(number),
        SiloName = $"{number}",
        HostName = "here",
        Status = SiloStatus.Active,
    }));
}
