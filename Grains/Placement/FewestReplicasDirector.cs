using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace ClickSink.Grains.Placement;

/// <summary>
/// Chooses the silo with the fewest replicas as of the last census, counting what was placed since. It asks nobody: right after a silo died a question to the
/// cluster could wait for that very silo.
/// </summary>
internal sealed class FewestReplicasDirector : IPlacementDirector
{
    private readonly ReplicaCensus _census;

    public FewestReplicasDirector(ReplicaCensus census) => _census = census;

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (silos.Length == 0) throw new OrleansException($"no silo can run {target.GrainIdentity}: the cluster has none with this grain type");
        return Task.FromResult(_census.Choose(silos, target.GrainIdentity.ToString()));
    }
}
