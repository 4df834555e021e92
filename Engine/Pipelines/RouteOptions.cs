using System.ComponentModel.DataAnnotations;

namespace ClickSink.Engine.Pipelines;

/// <summary>Which rows go to which tables: the first rule that is true for a row decides.</summary>
public sealed record RouteOptions
{
    /// <summary>The rules, in order.</summary>
    [Required]
    public IReadOnlyList<RouteRuleOptions> Rules { get; init; } = [];

    /// <summary>Routes of the rows that no rule is true for; <c>[]</c> leaves them out. Without it such a row is rejected.</summary>
    public IReadOnlyList<string>? Otherwise { get; init; }
}
