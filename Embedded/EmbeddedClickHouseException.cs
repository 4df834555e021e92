namespace ClickSink.Embedded;

/// <summary>The embedded server could not start; the message says what, where and what to do.</summary>
public sealed class EmbeddedClickHouseException : Exception
{
    /// <summary>With a message for the user.</summary>
    public EmbeddedClickHouseException(string message) : base(message)
    {
    }

    /// <summary>With a message for the user and what led to it.</summary>
    public EmbeddedClickHouseException(string message, Exception inner) : base(message, inner)
    {
    }
}
