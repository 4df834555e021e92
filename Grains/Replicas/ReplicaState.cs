using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Replicas;

/// <summary>The persisted state of a replica: its orders and its ledger. Each write of it is conditional, which is what fences an owner that lost it.</summary>
[GenerateSerializer, Alias("clicksink.ReplicaState")]
public sealed class ReplicaState
{
    /// <summary>The newest epoch seen.</summary>
    [Id(0)]
    public long Epoch { get; set; }

    /// <summary>Whether the epoch was drained: no worker of it may run again.</summary>
    [Id(1)]
    public bool Drained { get; set; }

    /// <summary>The partitions of the epoch and how far each is.</summary>
    [Id(2)]
    public List<PartitionProgress> Partitions { get; set; } = [];
}
