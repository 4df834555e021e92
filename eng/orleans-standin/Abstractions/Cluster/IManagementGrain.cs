namespace Orleans.Runtime;

/// <summary>Facts about the cluster: <c>GetGrain&lt;IManagementGrain&gt;(0)</c>.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>The silos and their states.</summary>
    /// <param name="onlyActive">Leave out those that start, stop or are dead.</param>
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>The rows of the membership table.</summary>
    /// <param name="onlyActive">Leave out silos that start, stop or are dead.</param>
    Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive = false);

    /// <summary>How many activations of each grain class each of these silos has.</summary>
    /// <param name="hostsIds">The silos.</param>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds);

    /// <summary>How many activations of each grain class each active silo has.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();
}
