namespace ClickSink.Engine.Mapping.Inference;

/// <summary>Another type that a field could have.</summary>
/// <param name="Type">The type.</param>
/// <param name="Reason">What speaks for it and against it.</param>
public sealed record TypeAlternative(string Type, string Reason);
