namespace ClickSink.Silo.Api;

/// <summary>What follows from a rewind that was taken on.</summary>
/// <param name="Message">What happens next, and what it does to rows that are stored and ranges that were in hand.</param>
public sealed record RewindAnswer(string Message);
