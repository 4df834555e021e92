using System.ComponentModel.DataAnnotations;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>The table of one route.</summary>
public sealed record ClickHouseRouteOptions
{
    /// <summary>The route, by the name that the transform <c>route</c> gives it.</summary>
    [Required]
    public string Route { get; init; } = "";

    /// <summary>The table.</summary>
    [Required]
    public string Table { get; init; } = "";

    /// <summary>The columns that the table gets; by default all that are stored.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>How the table is created when it does not exist; null (the default) means that it must exist.</summary>
    public ClickHouseTableOptions? CreateTable { get; init; }
}
