namespace ClickSink.Engine.Sinks;

/// <summary>What a sink promises, and why not more.</summary>
/// <param name="Level">The promise.</param>
/// <param name="Reason">What keeps it from being exactly once, and what to do; null when it is.</param>
public sealed record Guarantee(GuaranteeLevel Level, string? Reason);
