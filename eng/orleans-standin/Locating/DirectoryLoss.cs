using Orleans.Runtime;
using Orleans.Standin.Membership;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Locating;

/// <summary>
/// A switch for tests: with ORLEANS_STANDIN_LOSE_DIRECTORY=1 a silo's end also ends activations on other silos, as it does with
/// Orleans, whose directory is spread over the silos' memory. The entry goes first, so that for a moment a grain can have two
/// activations: a program must stand that, with either runtime.
/// </summary>
internal sealed class DirectoryLoss
{
    private readonly ClusterView _cluster;
    private readonly ActivationTable _activations;
    private readonly GrainLocator _locator;
    private MembershipSnapshot _before = MembershipSnapshot.Empty;

    public DirectoryLoss(ClusterView cluster, ActivationTable activations, GrainLocator locator) =>
        (_cluster, _activations, _locator) = (cluster, activations, locator);

    public void Watch()
    {
        if (Environment.GetEnvironmentVariable("ORLEANS_STANDIN_LOSE_DIRECTORY") == "1")
            _cluster.Changed += OnChanged;
    }

    /// <summary>The silo that would hold a grain's entry: the first on the ring from the grain's hash on.</summary>
    internal static SiloAddress? HolderOf(GrainId grain, IReadOnlyList<SiloAddress> active)
    {
        var ring = active.OrderBy(silo => unchecked((uint)silo.GetConsistentHashCode())).ToList();
        return ring.FirstOrDefault(silo => unchecked((uint)silo.GetConsistentHashCode()) >= grain.GetUniformHashCode()) ?? ring.FirstOrDefault();
    }

    private void OnChanged(MembershipSnapshot snapshot)
    {
        var lost = _before.Active.Where(silo => snapshot.StatusOf(silo) is SiloStatus.Dead or SiloStatus.None).ToList();
        foreach (var activation in _activations.All.Where(one => HolderOf(one.GrainId, _before.Active) is { } holder && lost.Contains(holder)))
            _ = Task.Run(() => EndAsync(activation));
        _before = snapshot;
    }

    private async Task EndAsync(Activation activation)
    {
        await _locator.UnregisterAsync(activation);
        activation.Deactivate(new DeactivationReason(DeactivationReasonCode.DirectoryFailure, "The silo that held its directory entry is gone."));
    }
}
