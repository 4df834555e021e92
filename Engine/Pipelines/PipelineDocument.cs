using System.Text.Json;
using System.Text.Json.Nodes;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Sinks;

namespace ClickSink.Engine.Pipelines;

/// <summary>A pipeline document that was read without a fault: the tree as it was written, and the options that were bound from it.</summary>
public sealed class PipelineDocument
{
    private readonly JsonObject _tree;
    private readonly IReadOnlyList<JsonValue> _secrets;

    private PipelineDocument(JsonObject tree, IReadOnlyList<JsonValue> secrets, PipelineOptions options)
    {
        _tree = tree;
        _secrets = secrets;
        Options = options;
    }

    /// <summary>The document as options.</summary>
    public PipelineOptions Options { get; }

    /// <summary>Reads and validates a document.</summary>
    /// <param name="text">YAML, or JSON when it begins with a brace.</param>
    /// <param name="faults">Receives everything that is wrong with it.</param>
    /// <param name="previous">The version before, whose secrets stand in where this one says <see cref="Secret.Mask"/>.</param>
    /// <returns>The document, or null when there are faults.</returns>
    public static PipelineDocument? Read(string text, FaultList faults, PipelineDocument? previous = null)
    {
        if (DocumentText.Parse(text, faults) is not { } tree) return null;
        FormerKeys.Move(tree);
        var optionTypes = SinkKinds.All.ToDictionary(kind => kind.Key, kind => kind.Value.OptionsType);
        var binder = new DocumentBinder(faults, optionTypes);
        var options = (PipelineOptions)binder.BindObject(tree, typeof(PipelineOptions), "");
        var kept = binder.Secrets.Where(secret => secret.ToString() == Secret.Mask).ToList();
        if (kept.Count > 0)
        {
            foreach (var secret in kept) Restore(secret, previous, faults);
            binder = new DocumentBinder(faults, optionTypes);
            options = (PipelineOptions)binder.BindObject(tree, typeof(PipelineOptions), "");
        }

        PipelineOptionsValidator.Validate(options, faults);
        return faults.Count > 0 ? null : new PipelineDocument(tree, binder.Secrets, options);
    }

    /// <summary>The document with its secrets, for storing and for nothing else.</summary>
    public string ToJson() => _tree.ToJsonString();

    /// <summary>The document as anybody may see it: secrets masked, with the state and replicas that hold now.</summary>
    public string ToPublicJson(DesiredState state, int replicas)
    {
        var copy = (JsonObject)_tree.DeepClone();
        foreach (var secret in _secrets)
        {
            var path = PathOf(secret);
            Find(copy, path)?.ReplaceWith(Secret.Mask);
        }

        copy["state"] = JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
        copy["replicas"] = replicas;
        return copy.ToJsonString();
    }

    /// <summary>The document with further columns at the end of its mapping, secrets included: for storing and for nothing else.</summary>
    public string WithColumns(IEnumerable<ColumnMapping> columns)
    {
        var copy = (JsonObject)_tree.DeepClone();
        var written = copy["mapping"]!["columns"]!.AsArray();
        foreach (var column in columns)
        {
            var entry = new JsonObject { ["name"] = column.Name, ["type"] = column.Type };
            if (column.Path is not null) entry["path"] = column.Path;
            if (column.Added) entry["added"] = true;
            written.Add((JsonNode)entry);
        }

        return copy.ToJsonString();
    }

    /// <summary>Whether two documents say the same, state and replicas aside: those change without a new version.</summary>
    public bool SameContent(PipelineDocument other) => JsonNode.DeepEquals(Content(_tree), Content(other._tree));

    private static JsonNode Content(JsonObject tree)
    {
        var copy = (JsonObject)tree.DeepClone();
        copy.Remove("state");
        copy.Remove("replicas");
        return copy;
    }

    private static void Restore(JsonValue secret, PipelineDocument? previous, FaultList faults)
    {
        if (previous is not null && Find(previous._tree, PathOf(secret)) is JsonValue kept) secret.ReplaceWith(kept.ToString());
        else faults.Add(secret.GetPath().TrimStart('$', '.'), Secret.Mask, "stands for a secret that is kept, but there is none to keep: write the secret itself");
    }

    private static List<object> PathOf(JsonNode node)
    {
        var path = new List<object>();
        for (var n = node; n.Parent is { } parent; n = parent) path.Insert(0, parent is JsonArray ? n.GetElementIndex() : n.GetPropertyName());
        return path;
    }

    private static JsonNode? Find(JsonNode root, List<object> path)
    {
        JsonNode? node = root;
        foreach (var step in path)
        {
            node = (node, step) switch
            {
                (JsonObject obj, string key) => obj[key],
                (JsonArray array, int index) when index < array.Count => array[index],
                _ => null,
            };
            if (node is null) return null;
        }

        return node;
    }
}
