using System.Text.Json;

namespace ClickSink.Engine.Formats.Json;

/// <summary>Drops all but the last of keys that stand more than once in an object. Rare, so done in the plain way.</summary>
internal static class JsonRepetitions
{
    public static byte[] Remove(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) Write(document.RootElement, writer);
        return stream.ToArray();
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            writer.WriteRawValue(element.GetRawText(), skipInputValidation: true);
            return;
        }

        Dictionary<string, JsonElement> last = [];
        foreach (JsonProperty property in element.EnumerateObject()) last[property.Name] = property.Value;
        writer.WriteStartObject();
        foreach (var (name, value) in last)
        {
            writer.WritePropertyName(name);
            Write(value, writer);
        }

        writer.WriteEndObject();
    }
}
