using Orleans.Concurrency;

namespace ClickSink.Grains.Interfaces.Replicas;

/// <summary>
/// One replica of a pipeline; the key is <c>pipeline/slot</c>. It owns a worker and the ledger of its partitions. Only the pipeline grain gives it orders; every
/// order carries an epoch, and one older than the newest seen is ignored.
/// </summary>
[Alias("clicksink.IReplicaGrain")]
public interface IReplicaGrain : IGrainWithStringKey
{
    /// <summary>Makes sure that the worker of this assignment runs. An assignment of a newer epoch replaces the ledger; one of the same epoch goes on from it.</summary>
    [Alias("Run")]
    [ResponseTimeout("00:00:10")]
    Task<ReplicaStatus> RunAsync(ReplicaAssignment assignment, CancellationToken cancellation = default);

    /// <summary>
    /// Makes sure that no worker runs: a running one finishes what is in hand. Returns at once; when the status says stopped, its ledger is final, and whoever
    /// still writes under an older epoch is fenced off.
    /// </summary>
    [Alias("Drain")]
    [ResponseTimeout("00:00:10")]
    Task<ReplicaStatus> DrainAsync(ReplicaAssignment assignment, CancellationToken cancellation = default);

    /// <summary>Forgets the ledger of a replica that was drained.</summary>
    [Alias("Forget")]
    Task ForgetAsync(long epoch, CancellationToken cancellation = default);

    /// <summary>The newest snapshot.</summary>
    [Alias("GetStatus")]
    [AlwaysInterleave]
    [ResponseTimeout("00:00:10")]
    Task<ReplicaStatus> GetStatusAsync(CancellationToken cancellation = default);

    /// <summary>Moves it to another silo after its blocks in hand are written, if it is still on this one.</summary>
    [Alias("Move")]
    Task MoveAsync(string fromSilo, CancellationToken cancellation = default);
}
