namespace ClickSink.Engine.Pipelines;

/// <summary>Where rejected records go under the policy <c>deadLetter</c>: a table of the sink's database, a Kafka topic, or both.</summary>
public sealed record DeadLetterOptions
{
    /// <summary>The table, made when missing; <c>{table}_dead_letters</c> by default, unless a topic is named: then none.</summary>
    public string? Table { get; init; }

    /// <summary>
    /// A Kafka topic that gets each of them as JSON; none by default. At least once: what is sent again after a crash is there twice.
    /// </summary>
    public string? Topic { get; init; }

    /// <summary>Brokers of that topic; those of the source by default. The source's properties count for them as well.</summary>
    public string? Brokers { get; init; }

    /// <summary>How much of a payload is kept; 4 MiB by default. What is cut cannot be replayed.</summary>
    public ByteSize MaxPayload { get; init; } = ByteSize.FromMiB(4);
}
