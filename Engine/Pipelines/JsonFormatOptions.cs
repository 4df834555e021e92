namespace ClickSink.Engine.Pipelines;

/// <summary>How JSON messages are read; there is nothing to set.</summary>
public sealed record JsonFormatOptions;
