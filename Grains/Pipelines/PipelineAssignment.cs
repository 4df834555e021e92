namespace ClickSink.Grains.Pipelines;

/// <summary>Who has which partitions, and what runs there.</summary>
[GenerateSerializer, Alias("clicksink.PipelineAssignment")]
public sealed class PipelineAssignment
{
    /// <summary>Version of the document that its replicas run.</summary>
    [Id(0)]
    public int Version { get; set; }

    /// <summary>How many replicas there are.</summary>
    [Id(1)]
    public int Replicas { get; set; }

    /// <summary>The partitions of each slot, where they began.</summary>
    [Id(2)]
    public List<SlotAssignment> Slots { get; set; } = [];

    /// <summary>Every partition that is assigned, in order.</summary>
    public IEnumerable<int> AllPartitions() => Slots.SelectMany(slot => slot.Partitions).Select(p => p.Partition).Order();
}
