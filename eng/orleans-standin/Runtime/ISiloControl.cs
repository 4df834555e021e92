using Orleans.Runtime;
using Orleans.Standin.Calls;

namespace Orleans.Standin.Runtime;

/// <summary>What silos, and clients at a gateway, ask a silo itself. Called like a grain; the key is the silo's address.</summary>
[Alias("standin.silo")]
internal interface ISiloControl : IGrainWithStringKey
{
    /// <summary>Answers while the silo lives.</summary>
    [Alias("probe")]
    Task Probe(CancellationToken cancellation);

    /// <summary>Says that the membership table has a new version.</summary>
    [Alias("refresh"), Concurrency.OneWay]
    Task RefreshMembership();

    [Alias("manifest")]
    Task<GrainManifest> GetManifest();

    [Alias("statistics")]
    Task<SimpleGrainStatistic[]> GetStatistics();

    /// <summary>Starts a grain that moves to this silo.</summary>
    [Alias("activate")]
    Task Activate(GrainId grain);

    /// <summary>Says that a reminder was made, changed or ended which this silo may have to serve.</summary>
    [Alias("reminders")]
    Task ReloadReminders();
}
