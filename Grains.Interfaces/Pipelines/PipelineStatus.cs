using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Interfaces.Pipelines;

/// <summary>A pipeline at one moment.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.PipelineStatus")]
public sealed record PipelineStatus
{
    /// <summary>The pipeline.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The worst of what its replicas are doing, or of the pipeline itself.</summary>
    [Id(1)]
    public required PipelinePhase Phase { get; init; }

    /// <summary>Whether it shall run.</summary>
    [Id(2)]
    public required bool Running { get; init; }

    /// <summary>Version of the document that is in place.</summary>
    [Id(3)]
    public int Version { get; init; }

    /// <summary>The newest trouble: what, where, and what to do; null when there is none.</summary>
    [Id(4)]
    public string? Error { get; init; }

    /// <summary>When that trouble began.</summary>
    [Id(5)]
    public DateTimeOffset? ErrorSince { get; init; }

    /// <summary>Rows stored since its replicas started.</summary>
    [Id(6)]
    public long RowsWritten { get; init; }

    /// <summary>Rows stored a second, over the last ten.</summary>
    [Id(7)]
    public double RowsPerSecond { get; init; }

    /// <summary>Messages not yet stored; -1 while that is not known.</summary>
    [Id(8)]
    public long LagRecords { get; init; }

    /// <summary>Records rejected since its replicas started.</summary>
    [Id(9)]
    public long RecordsRejected { get; init; }

    /// <summary>The last record rejected and why; null when there was none.</summary>
    [Id(10)]
    public string? LastRejection { get; init; }

    /// <summary>What is promised: <c>exactlyOnce</c>, <c>idempotent</c> or <c>atLeastOnce</c>; null while the sink is not open.</summary>
    [Id(11)]
    public string? Guarantee { get; init; }

    /// <summary>Why it is not exactly once, and what to do; null when it is.</summary>
    [Id(12)]
    public string? GuaranteeReason { get; init; }

    /// <summary>Generation: part of every token, raised by each rewind.</summary>
    [Id(13)]
    public long Generation { get; init; }

    /// <summary>Epoch of the assignment: raised whenever partitions change hands.</summary>
    [Id(14)]
    public long Epoch { get; init; }

    /// <summary>Who has which partitions.</summary>
    [Id(15)]
    public ReplicaStatus[] Replicas { get; init; } = [];

    /// <summary>What is wanted of it.</summary>
    [Id(16)]
    public WantedState Wanted { get; init; }

    /// <summary>How many replicas it shall have; fewer run when there are fewer partitions.</summary>
    [Id(17)]
    public int ReplicasWanted { get; init; }

    /// <summary>How far each partition is while no replica has it; empty while replicas do.</summary>
    [Id(18)]
    public PartitionProgress[] Positions { get; init; } = [];

    /// <summary>The rewind that is carried out once the pipeline is drained, in words; null when there is none.</summary>
    [Id(19)]
    public string? PendingRewind { get; init; }

    /// <summary>What would make its sink faster or safer, such as fewer partitions in a block; null when nothing is known.</summary>
    [Id(20)]
    public string? Advice { get; init; }
}
