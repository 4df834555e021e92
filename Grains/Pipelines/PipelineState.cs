using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Interfaces.Rewinds;

namespace ClickSink.Grains.Pipelines;

/// <summary>The persisted state of a pipeline.</summary>
[GenerateSerializer, Alias("clicksink.PipelineState")]
public sealed class PipelineState
{
    /// <summary>Every version of the document, oldest first.</summary>
    [Id(0)]
    public List<PipelineVersion> Versions { get; set; } = [];

    /// <summary>Whether it shall run.</summary>
    [Id(1)]
    public bool Running { get; set; }

    /// <summary>How many replicas it shall have.</summary>
    [Id(2)]
    public int Replicas { get; set; } = 1;

    /// <summary>
    /// Part of every token, raised by each rewind. It begins with the Unix time in milliseconds at which the pipeline was made, so that a pipeline that is
    /// deleted and made again under the same id does not have its rows dropped as repetitions.
    /// </summary>
    [Id(3)]
    public long Generation { get; set; }

    /// <summary>Raised whenever partitions change hands.</summary>
    [Id(4)]
    public long Epoch { get; set; }

    /// <summary>Raised by each start, so that replicas that stopped in front of a fault try again.</summary>
    [Id(5)]
    public long Attempt { get; set; }

    /// <summary>Who has which partitions under <see cref="Epoch"/>; null when nobody has any.</summary>
    [Id(6)]
    public PipelineAssignment? Assignment { get; set; }

    /// <summary>How far each partition is that nobody has. While partitions are assigned, the ledgers of the replicas count instead.</summary>
    [Id(7)]
    public List<PartitionProgress> Positions { get; set; } = [];

    /// <summary>Whether it is to be forgotten once its replicas are drained.</summary>
    [Id(8)]
    public bool Deleting { get; set; }

    /// <summary>The most replicas that it ever had: so many ledgers there are.</summary>
    [Id(9)]
    public int MaxReplicas { get; set; } = 1;

    /// <summary>Whether, while it does not run, that is a pause.</summary>
    [Id(10)]
    public bool Paused { get; set; }

    /// <summary>The rewind to carry out once nobody has a partition; null when there is none.</summary>
    [Id(11)]
    public RewindRequest? Rewind { get; set; }

    /// <summary>What is wanted of it.</summary>
    internal WantedState Wanted => Running ? WantedState.Started : Paused ? WantedState.Paused : WantedState.Stopped;
}
