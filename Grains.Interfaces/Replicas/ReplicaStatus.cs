using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Grains.Interfaces.Replicas;

/// <summary>A replica at one moment.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.ReplicaStatus")]
public sealed record ReplicaStatus
{
    /// <summary>Its slot, from 0.</summary>
    [Id(0)]
    public int Slot { get; init; }

    /// <summary>The silo that it runs on.</summary>
    [Id(1)]
    public string Silo { get; init; } = "";

    /// <summary>The newest epoch that it has seen.</summary>
    [Id(2)]
    public long Epoch { get; init; }

    /// <summary>What it is doing.</summary>
    [Id(3)]
    public PipelinePhase Phase { get; init; }

    /// <summary>The newest trouble; null when there is none.</summary>
    [Id(4)]
    public string? Error { get; init; }

    /// <summary>When that trouble began.</summary>
    [Id(5)]
    public DateTimeOffset? ErrorSince { get; init; }

    /// <summary>Since when its worker runs; null when none does.</summary>
    [Id(6)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>Rows stored since its worker started.</summary>
    [Id(7)]
    public long RowsWritten { get; init; }

    /// <summary>Bytes of column data stored since its worker started.</summary>
    [Id(8)]
    public long BytesWritten { get; init; }

    /// <summary>Blocks stored since its worker started.</summary>
    [Id(9)]
    public long BlocksWritten { get; init; }

    /// <summary>Rows stored a second, over the last ten.</summary>
    [Id(10)]
    public double RowsPerSecond { get; init; }

    /// <summary>Records rejected since its worker started.</summary>
    [Id(11)]
    public long RecordsRejected { get; init; }

    /// <summary>The last record rejected and why; null when there was none.</summary>
    [Id(12)]
    public string? LastRejection { get; init; }

    /// <summary>What is promised; null while the sink is not open.</summary>
    [Id(13)]
    public string? Guarantee { get; init; }

    /// <summary>Why it is not exactly once; null when it is.</summary>
    [Id(14)]
    public string? GuaranteeReason { get; init; }

    /// <summary>Its partitions.</summary>
    [Id(15)]
    public PartitionProgress[] Partitions { get; init; } = [];

    /// <summary>Whether its epoch is drained: the ledger is final, and whoever still writes under it is fenced off.</summary>
    [Id(16)]
    public bool Drained { get; init; }

    /// <summary>Whether it did not answer: everything else is then as it was seen last.</summary>
    [Id(17)]
    public bool IsAway { get; init; }

    /// <summary>What would make its sink faster or safer; null when nothing is known.</summary>
    [Id(18)]
    public string? Advice { get; init; }

    /// <summary>Columns that the next version of the document needs: its worker stopped in front of a message with fields that nobody maps (<c>mapping.unknown: add</c>).</summary>
    [Id(19)]
    public NewColumn[] NewColumns { get; init; } = [];
}
