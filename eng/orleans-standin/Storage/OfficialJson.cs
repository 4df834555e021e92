using System.Text.Json.Nodes;

namespace Orleans.Standin.Storage;

/// <summary>
/// Takes what Newtonsoft adds out of the JSON that the official provider writes: <c>$id</c> and <c>$ref</c> for objects that appear
/// twice, <c>$type</c>, and <c>$values</c> around lists. So state that was written with the official packages is read here.
/// </summary>
internal static class OfficialJson
{
    public static bool Is(ReadOnlySpan<byte> payload) => payload.StartsWith("{\"$"u8);

    public static JsonNode? Simplify(ReadOnlySpan<byte> payload) => Simplify(JsonNode.Parse(payload), []);

    private static JsonNode? Simplify(JsonNode? node, Dictionary<string, JsonNode> known)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(item => Simplify(item, known))]);
            case JsonObject reference when reference["$ref"] is { } id:
                return known[id.GetValue<string>()].DeepClone();
            case JsonObject list when list["$values"] is JsonArray values:
                return Remember(list, Simplify(values, known)!, known);
            case JsonObject boxed when boxed["$value"] is { } value:
                return value.DeepClone();
            case JsonObject plain:
                var members = plain.Where(member => member.Key is not ("$id" or "$type"))
                    .Select(member => KeyValuePair.Create(member.Key, Simplify(member.Value, known)));
                return Remember(plain, new JsonObject(members), known);
            default:
                return node?.DeepClone();
        }
    }

    private static JsonNode Remember(JsonObject original, JsonNode simple, Dictionary<string, JsonNode> known)
    {
        if (original["$id"] is { } id)
            known[id.GetValue<string>()] = simple;
        return simple;
    }
}
