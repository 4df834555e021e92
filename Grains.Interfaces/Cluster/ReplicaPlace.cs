using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Grains.Interfaces.Cluster;

/// <summary>A replica of a pipeline: where it runs and what it has.</summary>
public sealed record ReplicaPlace
{
    /// <summary>The slot, from 0.</summary>
    public required int Slot { get; init; }

    /// <summary>The silo that it runs on.</summary>
    public required string Silo { get; init; }

    /// <summary>What it is doing.</summary>
    public required PipelinePhase Phase { get; init; }

    /// <summary>Since when its worker runs; null when none does.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Epoch of the assignment that it works under.</summary>
    public required long Epoch { get; init; }

    /// <summary>Rows stored a second, over the last ten.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>Its partitions.</summary>
    public PartitionPlace[] Partitions { get; init; } = [];
}
