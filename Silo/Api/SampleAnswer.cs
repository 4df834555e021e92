using System.Text.Unicode;
using ClickSink.Engine.Sources.Kafka.Sampling;

namespace ClickSink.Silo.Api;

/// <summary>Messages of a topic.</summary>
/// <param name="Messages">The messages, by partition and offset.</param>
/// <param name="Partitions">What each partition has.</param>
/// <param name="Note">Why there are fewer messages than were asked for although the topic has them; null when nothing kept them.</param>
public sealed record SampleAnswer(IReadOnlyList<MessageView> Messages, IReadOnlyList<PartitionBounds> Partitions, string? Note)
{
    internal static SampleAnswer Of(SampleResult sample) =>
        new([.. sample.Messages.Select(MessageView.Of)], sample.Partitions, sample.Note);
}

/// <summary>A message of a topic.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Timestamp">When it was made; null if the broker keeps no timestamps.</param>
/// <param name="Key">Its key; null if it has none.</param>
/// <param name="Value">Its value; null for a tombstone.</param>
/// <param name="Encoding"><c>utf8</c>, or <c>base64</c> when key or value are no text.</param>
public sealed record MessageView(int Partition, long Offset, DateTimeOffset? Timestamp, string? Key, string? Value, string Encoding)
{
    internal static MessageView Of(SampledMessage message)
    {
        var isText = Utf8.IsValid(message.Key) && Utf8.IsValid(message.Value);
        string? Show(byte[]? bytes) =>
            bytes is null ? null : isText ? System.Text.Encoding.UTF8.GetString(bytes) : Convert.ToBase64String(bytes);
        return new MessageView(
            message.Partition, message.Offset, message.TimestampMilliseconds < 0
                ? null
                : DateTimeOffset.FromUnixTimeMilliseconds(message.TimestampMilliseconds), Show(message.Key),
            Show(message.Value), isText ? "utf8" : "base64");
    }
}
