namespace ClickSink.Embedded.Http;

/// <summary>
/// The answer cannot be finished, and part of it is sent: thrown out of the handler so that the server closes the connection without the last chunk,
/// and no client takes half a result for a whole one.
/// </summary>
internal sealed class BrokenAnswerException(string message) : Exception(message);
