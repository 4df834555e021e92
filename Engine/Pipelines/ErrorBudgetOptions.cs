using System.ComponentModel.DataAnnotations;

namespace ClickSink.Engine.Pipelines;

/// <summary>How many rejections are too many. Each replica counts what it reads itself, from its start.</summary>
public sealed record ErrorBudgetOptions
{
    /// <summary>The share of messages that may be rejected within the window, above 0 and below 1; 0.05 by default.</summary>
    [Range(0.000001, 0.999999)]
    public double Rate { get; init; } = 0.05;

    /// <summary>The window; 5 minutes by default.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Fewer messages than this in the window are not judged; 1000 by default.</summary>
    [Range(1, 1_000_000_000)]
    public int Minimum { get; init; } = 1000;
}
