namespace ClickSink.Engine.Pipelines;

/// <summary>One step between decoding and storing: exactly one of its keys is set. See <c>docs/transforms.md</c>.</summary>
public sealed record TransformOptions
{
    /// <summary>Rows for which this condition is true stay; the others are left out.</summary>
    public string? Filter { get; init; }

    /// <summary>A further column that is computed from others.</summary>
    public DeriveOptions? Derive { get; init; }

    /// <summary>An array of the message whose elements become a row each.</summary>
    public ExplodeOptions? Explode { get; init; }

    /// <summary>Rows that repeat another are left out.</summary>
    public DedupeOptions? Dedupe { get; init; }

    /// <summary>Which rows go to which tables.</summary>
    public RouteOptions? Route { get; init; }
}
