using System.ComponentModel.DataAnnotations;

namespace ClickSink.Engine.Pipelines;

/// <summary>Leaves rows out that repeat another of their partition. What is promised is in <c>docs/transforms.md</c>.</summary>
public sealed record DedupeOptions
{
    /// <summary>What two rows have in common if one repeats the other: columns or expressions.</summary>
    [Required]
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>How far apart in time two rows are at most for one to repeat the other; 10 minutes by default.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The rows' time, as an expression; by default the message's Kafka timestamp, or the time of its arrival where the broker keeps none.</summary>
    public string? Time { get; init; }

    /// <summary>How many keys a replica remembers; 1,000,000 by default. The oldest are forgotten first.</summary>
    [Range(1, 100_000_000)]
    public int MaxKeys { get; init; } = 1_000_000;
}
