namespace ClickSink.Engine.Sources;

/// <summary>The source does not answer now. Trying again is the remedy.</summary>
public sealed class SourceUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    public SourceUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
