namespace ClickSink.Engine.Pipelines;

/// <summary>How messages of JSON lines are read; there is nothing to set.</summary>
public sealed record NdjsonFormatOptions;
