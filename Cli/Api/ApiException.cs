namespace ClickSink.Cli.Api;

/// <summary>The server refused, or could not be asked. The message is for the user as it is.</summary>
internal sealed class ApiException : Exception
{
    public ApiException(int exitCode, string message)
        : base(message) => Code = exitCode;

    /// <summary>What the command ends with.</summary>
    public int Code { get; }
}
