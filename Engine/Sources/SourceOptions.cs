using ClickSink.Engine.Sources.Kafka;

namespace ClickSink.Engine.Sources;

/// <summary>Where a pipeline's messages come from.</summary>
public sealed record SourceOptions
{
    /// <summary>A Kafka topic.</summary>
    public KafkaSourceOptions? Kafka { get; init; }
}
