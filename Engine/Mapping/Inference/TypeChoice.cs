namespace ClickSink.Engine.Mapping.Inference;

/// <summary>A type for the values of one place.</summary>
/// <param name="Type">The type, without Nullable.</param>
/// <param name="Reason">What was seen that speaks for it.</param>
/// <param name="Fits">How many of the values the reason speaks of.</param>
internal sealed record TypeChoice(string Type, string Reason, int Fits);
