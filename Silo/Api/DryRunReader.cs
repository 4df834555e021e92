using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Setup;
using ClickSink.Engine.Sources.Kafka.Sampling;

namespace ClickSink.Silo.Api;

/// <summary>
/// Reads what a dry run is asked for: <c>document</c>, a pipeline document or its text, and <c>messages</c>, each a text, or a mapping with <c>value</c> and perhaps
/// <c>key</c>, <c>partition</c>, <c>offset</c> and <c>timestamp</c>.
/// </summary>
internal static class DryRunReader
{
    private static readonly string[] Keys = ["document", "messages"];
    private static readonly string[] MessageKeys = ["value", "key", "partition", "offset", "timestamp"];

    /// <summary>Reads a request.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="faults">Gets what is wrong with it.</param>
    public static (string Document, IReadOnlyList<SampledMessage> Messages)? Read(string text, FaultList faults)
    {
        if (DocumentText.Parse(text, faults) is not { } request) return null;
        foreach (var (key, _) in request.Where(entry => !Keys.Contains(entry.Key))) faults.Add(key, null, $"unknown key; known here: {string.Join(", ", Keys)}");
        var document = request["document"] switch
        {
            JsonObject tree => tree.ToJsonString(),
            JsonValue value => value.ToString(),
            _ => null,
        };
        if (string.IsNullOrWhiteSpace(document)) faults.Add("document", null, "is required: a pipeline document, or its text");
        var messages = new List<SampledMessage>();
        if (request["messages"] is not JsonArray { Count: > 0 } list) faults.Add("messages", null, "is required: a list of messages, at least one");
        else if (list.Count > DryRun.MaxMessages) faults.Add("messages", $"{list.Count} messages", $"at most {DryRun.MaxMessages} are tried");
        else
        {
            for (var i = 0; i < list.Count; i++) messages.Add(ReadMessage(list[i], i, $"messages[{i}]", faults));
        }

        return faults.Count > 0 ? null : (document!, messages);
    }

    private static SampledMessage ReadMessage(JsonNode? node, int number, string path, FaultList faults)
    {
        var message = new SampledMessage(0, number, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), null, null);
        if (node is not JsonObject fields) return message with { Value = Bytes(node) };
        // A message that is given as it is, without a mapping around it.
        if (!fields.ContainsKey("value") || fields.Any(field => !MessageKeys.Contains(field.Key))) return message with { Value = Bytes(fields) };
        return message with
        {
            Value = Bytes(fields["value"]),
            Key = Bytes(fields["key"]),
            Partition = (int)Number(fields, "partition", 0, int.MaxValue, path, faults),
            Offset = Number(fields, "offset", number, long.MaxValue, path, faults),
            TimestampMilliseconds = Number(fields, "timestamp", message.TimestampMilliseconds, long.MaxValue, path, faults),
        };
    }

    private static byte[]? Bytes(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.String => Encoding.UTF8.GetBytes(value.ToString()),
        _ => Encoding.UTF8.GetBytes(node.ToJsonString()),
    };

    private static long Number(JsonObject fields, string key, long otherwise, long most, string path, FaultList faults)
    {
        if (fields[key] is not { } node) return otherwise;
        if (long.TryParse(node.ToString(), out var number) && number >= 0 && number <= most) return number;
        faults.Add($"{path}.{key}", node.ToString(), $"a whole number from 0 to {most} is expected");
        return otherwise;
    }
}
