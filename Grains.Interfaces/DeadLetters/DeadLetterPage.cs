namespace ClickSink.Grains.Interfaces.DeadLetters;

/// <summary>Some dead letters, in the order of partition and offset.</summary>
/// <param name="Letters">The letters, their texts cut.</param>
/// <param name="After">What to ask for as <c>after</c> to get the next ones; null when there are none.</param>
/// <param name="Counts">How many there are of what was asked for, by status and column.</param>
public sealed record DeadLetterPage(DeadLetterView[] Letters, string? After, DeadLetterTally[] Counts);

/// <summary>How many dead letters have the same status and column.</summary>
/// <param name="Status">What became of them.</param>
/// <param name="Column">The column they failed at; empty for messages that are broken as a whole.</param>
/// <param name="Count">How many.</param>
/// <param name="Reason">The reason of one of them.</param>
public sealed record DeadLetterTally(string Status, string Column, long Count, string Reason);
