using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Standin.Membership;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Placement;

/// <summary>The silos that can run a grain: active, and with its class.</summary>
internal sealed class PlacementContext : IPlacementContext
{
    private readonly ClusterView _cluster;
    private readonly ClusterManifest _manifest;

    public PlacementContext(ILocalSiloDetails details, ClusterView cluster, ClusterManifest manifest) =>
        (LocalSilo, _cluster, _manifest) = (details.SiloAddress, cluster, manifest);

    public SiloAddress LocalSilo { get; }

    public SiloStatus LocalSiloStatus => _cluster.Current.StatusOf(LocalSilo);

    public SiloAddress[] GetCompatibleSilos(PlacementTarget target)
    {
        var type = target.GrainIdentity.Type.ToString();
        SiloAddress[] silos = [.. _cluster.Current.Active.Where(silo => _manifest.Of(silo)?.Has(type) == true)];
        return silos.Length > 0 ? silos : throw new OrleansException($"No active silo has the class of the grain {target.GrainIdentity}.");
    }
}
