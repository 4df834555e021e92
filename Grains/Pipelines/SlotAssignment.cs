using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Pipelines;

/// <summary>The partitions of one replica.</summary>
[GenerateSerializer, Alias("clicksink.SlotAssignment")]
public sealed class SlotAssignment
{
    /// <summary>The slot, from 0.</summary>
    [Id(0)]
    public int Slot { get; set; }

    /// <summary>Its partitions and where each began.</summary>
    [Id(1)]
    public List<PartitionProgress> Partitions { get; set; } = [];

    /// <summary>The silo that it was seen on last, so that a move is noticed even when the pipeline moved as well; empty before it was seen.</summary>
    [Id(2)]
    public string Silo { get; set; } = "";
}
