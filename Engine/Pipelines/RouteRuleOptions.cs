using System.ComponentModel.DataAnnotations;

namespace ClickSink.Engine.Pipelines;

/// <summary>One rule of a route.</summary>
public sealed record RouteRuleOptions
{
    /// <summary>The condition.</summary>
    [Required]
    public string When { get; init; } = "";

    /// <summary>The routes of the rows that it is true for, by the names that the sink's tables have; <c>[]</c> leaves them out.</summary>
    [Required]
    public IReadOnlyList<string> To { get; init; } = [];
}
