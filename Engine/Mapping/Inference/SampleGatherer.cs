using System.Text.Json;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>Reads sampled messages into what was seen at each place.</summary>
internal sealed class SampleGatherer
{
    // As deep as the decoder reads.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    private readonly List<UnreadableMessage> _unreadable = [];
    private readonly List<(int Index, byte[] Message)> _readable = [];

    /// <summary>The message itself.</summary>
    public FieldNode Root { get; } = new("");

    /// <summary>Rows: an array of objects is several.</summary>
    public int Rows { get; private set; }

    /// <summary>Messages that are rows, with their position in the sample.</summary>
    public IReadOnlyList<(int Index, byte[] Message)> Readable => _readable;

    /// <summary>Messages that are none.</summary>
    public IReadOnlyList<UnreadableMessage> Unreadable => _unreadable;

    /// <summary>Takes in a message.</summary>
    public void Add(byte[] message, int index)
    {
        try
        {
            ReadOnlyMemory<byte> text = message.AsSpan().StartsWith("\uFEFF"u8) ? message.AsMemory(3) : message;
            using var json = JsonDocument.Parse(text, Strict);
            var isArray = json.RootElement.ValueKind is JsonValueKind.Array;
            IReadOnlyList<JsonElement> rows = isArray ? [.. json.RootElement.EnumerateArray()] : [json.RootElement];
            if (rows.Any(row => row.ValueKind is not JsonValueKind.Object))
            {
                _unreadable.Add(new UnreadableMessage(
                    index, $"it is no JSON object{(isArray ? ", and an element of the array is none" : "")}"));
                return;
            }

            // A text with half a surrogate pair parses, and throws when it is read: first of all, so that nothing of the message is
            // counted.
            foreach (var row in rows) CheckTexts(row);
            foreach (var row in rows) Root.Add(row);
            Rows += rows.Count;
            _readable.Add((index, message));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            _unreadable.Add(new UnreadableMessage(index, message.Length == 0 ? "it is empty" : $"it is not valid JSON: {e.Message}"));
        }
    }

    private static void CheckTexts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    CheckTexts(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray()) CheckTexts(element);
                break;
        }
    }
}
