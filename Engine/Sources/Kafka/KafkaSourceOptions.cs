using System.ComponentModel.DataAnnotations;

namespace ClickSink.Engine.Sources.Kafka;

/// <summary>A Kafka topic, as a user names it.</summary>
public sealed record KafkaSourceOptions
{
    /// <summary>Brokers to ask first, as <c>host:port</c> separated by commas.</summary>
    [Required]
    public string Brokers { get; init; } = "";

    /// <summary>The topic.</summary>
    [Required]
    public string Topic { get; init; } = "";

    /// <summary>
    /// Consumer group under which progress is shown to outside tools; <c>clicksink.{id}</c> by default. ClickSink's own progress counts, never the group's.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>Where a partition begins that was never read; <c>earliest</c> by default.</summary>
    public StartPosition Start { get; init; } = StartPosition.Earliest;

    /// <summary>
    /// What happens when Kafka has removed messages before they were read; <c>fail</c> by default. Whatever is chosen, an offset after Kafka's last is a fault: the
    /// topic was made anew, and only a rewind keeps its rows from being taken for repetitions.
    /// </summary>
    public LostOffsetPolicy OnLostOffsets { get; init; } = LostOffsetPolicy.Fail;

    /// <summary>Further settings of librdkafka, by their own names. Those that ClickSink relies on, and secrets, are refused.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();
}
