using System.Text;
using System.Text.Json;
using ClickSink.Engine.Formats;

namespace ClickSink.Engine.DeadLetters;

/// <summary>
/// The headers of a rejected message as text: <c>[["name","base64"],["name",null]]</c>, in their order; empty when there are none.
/// </summary>
public static class LetterHeaders
{
    /// <summary>Writes them.</summary>
    public static string Write(MessageHeaders headers)
    {
        if (headers.IsEmpty) return "";
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var header in headers)
            {
                json.WriteStartArray();
                // By way of a text: a name that is no UTF-8 must not keep the message from being stored.
                json.WriteStringValue(Encoding.UTF8.GetString(header.Name));
                if (header.IsNull) json.WriteNullValue();
                else json.WriteBase64StringValue(header.Value);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    public static IReadOnlyList<(string Name, byte[]? Value)> Read(string text)
    {
        if (text.Length == 0) return [];
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.EnumerateArray().Select(
            h => (h[0].GetString()!, h[1].ValueKind is JsonValueKind.Null ? null : h[1].GetBytesFromBase64()))];
    }

    /// <summary>Packs what <see cref="Write"/> has written, as decoders take it.</summary>
    internal static MessageHeaderBuffer Pack(string text)
    {
        var buffer = new MessageHeaderBuffer();
        foreach (var (name, value) in Read(text)) buffer.Add(Encoding.UTF8.GetBytes(name), value, value is null);
        return buffer;
    }
}
