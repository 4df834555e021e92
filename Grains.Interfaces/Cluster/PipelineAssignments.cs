using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Grains.Interfaces.Cluster;

/// <summary>Who has which partitions of a pipeline, and how far each is.</summary>
public sealed record PipelineAssignments
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Epoch of the assignment: raised whenever partitions change hands.</summary>
    public required long Epoch { get; init; }

    /// <summary>Generation: part of every token, raised by each rewind.</summary>
    public required long Generation { get; init; }

    /// <summary>The replicas.</summary>
    public ReplicaPlace[] Replicas { get; init; } = [];

    /// <summary>The partitions that no replica has: all of them while the pipeline is stopped or paused.</summary>
    public PartitionPlace[] Unassigned { get; init; } = [];

    /// <summary>Makes it from a status.</summary>
    public static PipelineAssignments Of(PipelineStatus status) => new()
    {
        Pipeline = status.Id,
        Epoch = status.Epoch,
        Generation = status.Generation,
        Replicas =
        [
            .. status.Replicas.Select(r => new ReplicaPlace
            {
                Slot = r.Slot, Silo = r.Silo, Phase = r.Phase, Since = r.Since, Epoch = r.Epoch, RowsPerSecond = r.RowsPerSecond,
                Partitions = [.. r.Partitions.Select(PartitionPlace.Of)],
            }),
        ],
        Unassigned = [.. status.Positions.Select(PartitionPlace.Of)],
    };
}
