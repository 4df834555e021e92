using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain class is to the runtime.</summary>
public interface IGrainBase
{
    /// <summary>The activation.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Called before the first call, after the state was read.</summary>
    /// <param name="token">Cancelled when activation takes longer than the collection options allow.</param>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Called after the last call. Best effort: the process may die before.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="token">Cancelled when deactivation takes longer than the collection options allow.</param>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
