namespace ClickSink.Engine.DeadLetters;

/// <summary>A record that was rejected: where it is, why, and its bytes.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="TimestampMilliseconds">Its Kafka timestamp, Unix milliseconds; 0 when unknown.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="Column">The column it failed at; empty when the message as a whole is broken.</param>
/// <param name="Path">The path of the field; empty when the message as a whole is broken.</param>
/// <param name="Value">The value found there, cut.</param>
/// <param name="Key">The message's key.</param>
/// <param name="Payload">The message's bytes, cut to <c>errors.deadLetters.maxPayload</c>.</param>
public sealed record DeadLetter(
    int Partition, long Offset, long TimestampMilliseconds, string Reason, string Column, string Path, string Value, byte[] Key, byte[] Payload)
{
    /// <summary>How many bytes the message has; more than <see cref="Payload"/> when that was cut.</summary>
    public long PayloadBytes { get; init; } = Payload.Length;

    /// <summary>The message's headers, as <see cref="LetterHeaders"/> writes them; empty when there are none.</summary>
    public string Headers { get; init; } = "";

    /// <summary>
    /// Routes whose rows of the message are stored, while another table refuses its own; a line for each, empty for none. A replay leaves
    /// them out.
    /// </summary>
    public string StoredRoutes { get; init; } = "";

    /// <summary>Whether the payload was cut: what is left of it cannot be replayed.</summary>
    public bool IsCut => PayloadBytes > Payload.Length;
}
