using ClickSink.Grains.Interfaces.Rewinds;
using Orleans.Concurrency;

namespace ClickSink.Grains.Interfaces.Pipelines;

/// <summary>
/// One pipeline; the key is its id. It holds every version of the document, what is wanted of it, and which replica has which partition, and it brings the
/// replicas to what is wanted.
/// </summary>
[Alias("clicksink.IPipelineGrain")]
public interface IPipelineGrain : IGrainWithStringKey
{
    /// <summary>Creates the pipeline, or gives it a new version. A document that equals the present one changes nothing.</summary>
    [Alias("Apply")]
    Task<ApplyResult> ApplyAsync(ApplyRequest request, CancellationToken cancellation = default);

    /// <summary>The present document, its secrets masked; null when there is no such pipeline.</summary>
    [Alias("Get")]
    [AlwaysInterleave]
    Task<PipelineView?> GetAsync(CancellationToken cancellation = default);

    /// <summary>A version of the document with its secrets, for use within the cluster; null when there is no such pipeline or version.</summary>
    /// <param name="version">The version; 0 for the present one.</param>
    /// <param name="cancellation">Ends it.</param>
    [Alias("GetStored")]
    [AlwaysInterleave]
    Task<StoredDocument?> GetStoredAsync(int version = 0, CancellationToken cancellation = default);

    /// <summary>Says what is wanted of it. Returns at once; <see cref="GetStatusAsync"/> tells how far it is.</summary>
    /// <returns>False when there is no such pipeline.</returns>
    [Alias("SetState")]
    Task<bool> SetStateAsync(WantedState wanted, string by, CancellationToken cancellation = default);

    /// <summary>Says how many replicas share its partitions, without a new version of the document. Returns at once.</summary>
    /// <returns>False when there is no such pipeline.</returns>
    [Alias("SetReplicas")]
    Task<bool> SetReplicasAsync(int replicas, string by, CancellationToken cancellation = default);

    /// <summary>
    /// Sends it to other offsets, or has ranges stored again. The request is checked against what Kafka has and persisted; it is carried out once the replicas
    /// are drained, whatever ends in between.
    /// </summary>
    [Alias("Rewind")]
    [ResponseTimeout("00:00:40")]
    Task<RewindResult> RewindAsync(RewindRequest request, CancellationToken cancellation = default);

    /// <summary>Stops its replicas, then forgets it: document, versions and progress. Rows that are stored stay.</summary>
    /// <returns>False when there is no such pipeline.</returns>
    [Alias("Delete")]
    Task<bool> DeleteAsync(string by, CancellationToken cancellation = default);

    /// <summary>What it is doing, from the newest snapshot of each replica; null when there is no such pipeline.</summary>
    [Alias("GetStatus")]
    [AlwaysInterleave]
    Task<PipelineStatus?> GetStatusAsync(CancellationToken cancellation = default);

    /// <summary>Wakes the pipeline, so that it looks after its replicas. Called by the supervisor of each silo.</summary>
    [Alias("Ensure")]
    [AlwaysInterleave]
    Task EnsureAsync(CancellationToken cancellation = default);

    /// <summary>Tells the pipeline that one of its replicas has left a silo, so that it is started elsewhere now and not at the next look.</summary>
    [Alias("ReplicaLeft")]
    [OneWay]
    Task ReplicaLeftAsync();
}
