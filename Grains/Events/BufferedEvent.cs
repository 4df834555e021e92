using ClickSink.Grains.Interfaces.Events;

namespace ClickSink.Grains.Events;

/// <summary>An event that waits to be stored, with the key that keeps it from being stored twice.</summary>
/// <param name="Key">The key.</param>
/// <param name="Event">The event.</param>
internal sealed record BufferedEvent(Guid Key, PipelineEvent Event);
