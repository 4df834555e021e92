namespace ClickSink.Servers;

/// <summary>A server could not be started or reached; the message says which, why, and where its log is.</summary>
public sealed class ServerException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ServerException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
