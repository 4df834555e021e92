namespace ClickSink.Engine.DeadLetters;

/// <summary>How many dead letters have the same status, column and kind of reason.</summary>
/// <param name="Status">What became of them.</param>
/// <param name="Column">The column they failed at; empty for messages that are broken as a whole.</param>
/// <param name="Count">How many.</param>
/// <param name="Reason">The reason of one of them.</param>
public sealed record DeadLetterCount(DeadLetterStatus Status, string Column, long Count, string Reason);
