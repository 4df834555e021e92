namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>ClickHouse did not answer a question. The message says what was asked, what the server said, and what to do.</summary>
public sealed class ClickHouseInquiryException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was asked and what the server said.</param>
    /// <param name="isRefused">Whether the server answered, and refused.</param>
    public ClickHouseInquiryException(string message, bool isRefused)
        : base(message) => IsRefused = isRefused;

    /// <summary>Whether the server answered, and refused; otherwise it did not answer, and may do so later.</summary>
    public bool IsRefused { get; }
}
