namespace ClickSink.Engine.Mapping.Inference;

/// <summary>A sampled message that is no row of any mapping.</summary>
/// <param name="Index">Its position in the sample.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record UnreadableMessage(int Index, string Reason);
