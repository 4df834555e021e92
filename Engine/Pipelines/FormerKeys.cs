using System.Text.Json.Nodes;

namespace ClickSink.Engine.Pipelines;

/// <summary>
/// Keys of former releases, moved to where they are now before a document is bound: what is stored, or kept in somebody's repository, stays
/// valid, and each thing is written in one way from then on.
/// </summary>
internal static class FormerKeys
{
    /// <summary>Moves them within the tree. One whose new place is taken stays where it is, and is refused as unknown.</summary>
    public static void Move(JsonObject document)
    {
        if (document["sinks"] is JsonArray sinks) MoveDeadLetterTable(document, sinks);
    }

    // 0.1: sinks[].clickhouse.deadLetterTable became errors.deadLetters.table.
    private static void MoveDeadLetterTable(JsonObject document, JsonArray sinks)
    {
        foreach (var sink in sinks.OfType<JsonObject>())
        {
            if (sink["clickhouse"] is not JsonObject options || !options.ContainsKey("deadLetterTable")) continue;
            if (options["deadLetterTable"] is not { } table)
            {
                options.Remove("deadLetterTable");
                continue;
            }

            if (document["errors"] is not (null or JsonObject) || document["errors"]?["deadLetters"] is not (null or JsonObject)) continue;
            var errors = Under(document, "errors");
            var letters = Under(errors, "deadLetters");
            if (letters["table"] is not null) continue;
            options.Remove("deadLetterTable");
            letters["table"] = table;
        }
    }

    private static JsonObject Under(JsonObject parent, string key)
    {
        if (parent[key] is JsonObject there) return there;
        var made = new JsonObject();
        parent[key] = made;
        return made;
    }
}
