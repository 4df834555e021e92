using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Standin.Membership;

namespace Orleans.Standin.Runtime;

/// <summary>Answers from this silo's view of the membership table, read anew.</summary>
[Reentrant, PreferLocalPlacement, GrainType("standin.management")]
internal sealed class ManagementGrain : Grain, IManagementGrain
{
    private readonly ClusterView _cluster;

    public ManagementGrain(ClusterView cluster) => _cluster = cluster;

    public async Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        (await GetDetailedHosts(onlyActive)).ToDictionary(entry => entry.SiloAddress, entry => entry.Status);

    public async Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive = false) =>
        [.. (await _cluster.RefreshAsync()).Entries.Where(entry => !onlyActive || entry.Status == SiloStatus.Active)];

    public async Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds)
    {
        var answers = await Task.WhenAll(hostsIds.Select(silo => SiloControl.Of(silo, ServiceProvider).GetStatistics()));
        return [.. answers.SelectMany(answer => answer)];
    }

    public async Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() =>
        await GetSimpleGrainStatistics([.. (await _cluster.RefreshAsync()).Active]);
}
