namespace ClickSink.Engine.DeadLetters;

/// <summary>One state of one dead letter.</summary>
/// <param name="Partition">The message's partition.</param>
/// <param name="Offset">The message's offset.</param>
/// <param name="Version">The letter's version.</param>
public readonly record struct LetterKey(int Partition, long Offset, ulong Version);
