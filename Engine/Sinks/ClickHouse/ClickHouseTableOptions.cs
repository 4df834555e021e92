using System.ComponentModel.DataAnnotations;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>How a missing table is created. Its columns are those of the mapping.</summary>
public sealed record ClickHouseTableOptions
{
    /// <summary>The table engine, with its parameters; <c>MergeTree</c> by default.</summary>
    public string Engine { get; init; } = "MergeTree";

    /// <summary>The sorting key: column names or expressions. It decides how fast queries are.</summary>
    [Required]
    public IReadOnlyList<string> OrderBy { get; init; } = [];

    /// <summary>The partition expression, such as <c>toYYYYMM(ts)</c>; none by default.</summary>
    public string? PartitionBy { get; init; }

    /// <summary>The TTL expression; none by default.</summary>
    public string? Ttl { get; init; }
}
