namespace ClickSink.Grains.Pipelines;

/// <summary>What the host sets for all pipelines.</summary>
public sealed record PipelineSettings
{
    /// <summary>How often Kafka is asked for the partitions of a topic; 30 s by default. So long it takes at most until added ones are read.</summary>
    public TimeSpan PartitionRefresh { get; init; } = TimeSpan.FromSeconds(30);
}
