namespace ClickSink.Grains.Interfaces.Events;

/// <summary>Some events, newest first.</summary>
/// <param name="Events">The events.</param>
/// <param name="Before">What to ask for as <c>before</c> to get the next older ones; null when there are none.</param>
public sealed record EventPage(PipelineEvent[] Events, long? Before);
