namespace ClickSink.Engine.Delivery;

/// <summary>A record that was rejected: where it is, why, and its bytes.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="TimestampMilliseconds">Its Kafka timestamp, Unix milliseconds; 0 when unknown.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="Column">The column it failed at; empty when the message as a whole is broken.</param>
/// <param name="Path">The path of the field; empty when the message as a whole is broken.</param>
/// <param name="Value">The value found there, cut.</param>
/// <param name="Key">The message's key.</param>
/// <param name="Payload">The message's bytes.</param>
public sealed record DeadLetter(
    int Partition, long Offset, long TimestampMilliseconds, string Reason, string Column, string Path, string Value, byte[] Key, byte[] Payload);
