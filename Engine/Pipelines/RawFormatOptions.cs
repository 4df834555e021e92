namespace ClickSink.Engine.Pipelines;

/// <summary>How messages are read of which nothing but their bytes is stored; there is nothing to set.</summary>
public sealed record RawFormatOptions;
