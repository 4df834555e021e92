using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClickSink.Engine.DeadLetters;

/// <summary>A dead letter as a message of its own: JSON, with the bytes of key and payload in base64.</summary>
internal static class DeadLetterEnvelope
{
    // The reason quotes what users wrote; it is read by people, not by browsers.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="topic">The topic that the record came from.</param>
    /// <param name="version">Version of the document that rejected it.</param>
    /// <param name="letter">The record.</param>
    /// <param name="maxPayload">How many bytes of the payload go in.</param>
    /// <param name="now">When it was rejected.</param>
    public static byte[] Write(string pipeline, string topic, int version, DeadLetter letter, int maxPayload, DateTimeOffset now)
    {
        var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("pipeline", pipeline);
            json.WriteNumber("pipelineVersion", version);
            json.WriteString("topic", topic);
            json.WriteNumber("partition", letter.Partition);
            json.WriteNumber("offset", letter.Offset);
            json.WriteNumber("timestamp", letter.TimestampMilliseconds);
            json.WriteString("rejectedAt", now);
            json.WriteString("reason", letter.Reason);
            json.WriteString("column", letter.Column);
            json.WriteString("path", letter.Path);
            json.WriteString("value", letter.Value);
            json.WritePropertyName("headers");
            json.WriteRawValue(letter.Headers.Length == 0 ? "[]" : letter.Headers);
            json.WriteBase64String("key", letter.Key);
            json.WriteBase64String("payload", letter.Payload.AsSpan(0, Math.Min(maxPayload, letter.Payload.Length)));
            json.WriteNumber("payloadBytes", letter.PayloadBytes);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
