using ClickSink.Engine.Mapping;
using ClickSink.Engine.Sinks;

namespace ClickSink.Engine.Delivery;

/// <summary>A worker at one moment.</summary>
public sealed record WorkerSnapshot
{
    /// <summary>What it is doing.</summary>
    public WorkerPhase Phase { get; init; }

    /// <summary>The newest trouble: what, where, and what to do. Null once it is overcome.</summary>
    public string? Error { get; init; }

    /// <summary>When that trouble began.</summary>
    public DateTimeOffset? ErrorSince { get; init; }

    /// <summary>Rows stored since the worker started.</summary>
    public long RowsWritten { get; init; }

    /// <summary>Bytes of column data stored since the worker started.</summary>
    public long BytesWritten { get; init; }

    /// <summary>Blocks stored since the worker started.</summary>
    public long BlocksWritten { get; init; }

    /// <summary>Records rejected since the worker started.</summary>
    public long RecordsRejected { get; init; }

    /// <summary>The last record rejected and why; null when there was none.</summary>
    public string? LastRejection { get; init; }

    /// <summary>Rows stored a second, over the last ten.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>What the sink promises; null until it is open.</summary>
    public Guarantee? Guarantee { get; init; }

    /// <summary>What would make the sink faster or safer; null when nothing is known.</summary>
    public string? Advice { get; init; }

    /// <summary>The columns that the next version needs; empty unless the worker is <see cref="WorkerPhase.Outgrown"/>.</summary>
    public IReadOnlyList<ColumnMapping> NewColumns { get; init; } = [];

    /// <summary>Progress a partition.</summary>
    public IReadOnlyList<PartitionSnapshot> Partitions { get; init; } = [];
}
