namespace ClickSink.Engine.Mapping.Inference;

/// <summary>Walks over what was seen and proposes a column for each field; objects are taken apart.</summary>
internal sealed class FieldProposer
{
    private readonly InferenceOptions _options;
    private readonly int _rows;
    private readonly HashSet<string> _names;
    private readonly List<FieldProposal> _proposals = [];
    private readonly List<string> _notes;

    /// <param name="options">How to infer.</param>
    /// <param name="rows">Rows that were seen.</param>
    /// <param name="taken">Column names that are not free.</param>
    /// <param name="notes">Receives what could not be proposed.</param>
    public FieldProposer(InferenceOptions options, int rows, IEnumerable<string> taken, List<string> notes)
    {
        _options = options;
        _rows = rows;
        _names = new HashSet<string>(taken, StringComparer.Ordinal);
        _notes = notes;
    }

    /// <summary>Proposes columns for the members of the message.</summary>
    public IReadOnlyList<FieldProposal> Propose(FieldNode message)
    {
        foreach (var member in message.Members.Values) Visit(member, "", [], 1);
        if (message.HasMoreMembers)
            _notes.Add($"the messages have more than {FieldNode.MaxMembers} different keys; only the first ones were looked at");
        return _proposals;
    }

    private void Visit(FieldNode node, string parent, string[] keys, int depth)
    {
        if (node.Key.Length == 0)
        {
            _notes.Add($"the empty key{(parent.Length == 0 ? "" : $" in {parent}")} cannot be mapped: a path has no way to name it");
            return;
        }

        var path = FieldName.Path(parent, node.Key);
        string[] all = [.. keys, node.Key];
        var kinds = node.Kinds.ToList();
        var input = new RuleInput(node, node.Key, _options);
        if (kinds is [JsonKind.Object])
        {
            if (WhyNotFlat(node, depth) is not { } why)
            {
                foreach (var member in node.Members.Values) Visit(member, path, all, depth + 1);
                return;
            }

            Add(node, path, all, ShapeTypes.Object(input, why));
        }
        else if (kinds is [JsonKind.Array])
        {
            Add(node, path, all, ShapeTypes.Array(input));
        }
        else if (kinds.Contains(JsonKind.Object) || kinds.Contains(JsonKind.Array))
        {
            Add(node, path, all, new TypeChoice(
                "String", "values of several kinds: text holds each as it was written", kinds.Max(node.Count)));
        }
        else
        {
            Add(node, path, all, ScalarTypes.Choose(input));
        }
    }

    private string? WhyNotFlat(FieldNode node, int depth) => node switch
    {
        _ when _options.Cautious => "objects",
        _ when node.Members.Count == 0 => "only empty objects were seen",
        _ when ShapeTypes.HasDataAsKeys(node) => "objects whose keys are data",
        _ when depth >= _options.MaxDepth => $"objects deeper than {_options.MaxDepth} levels",
        _ when node.Members.ContainsKey("") => "objects with an empty key, which no path can name",
        _ => null,
    };

    private void Add(FieldNode node, string path, string[] keys, TypeChoice choice)
    {
        var (nulls, missing) = (node.Count(JsonKind.Null), _rows - node.Seen);
        var kinds = node.Kinds.ToList();
        var isNullable = nulls > 0 || missing > 0 || kinds.Count == 0 || _options.Cautious;
        var texts = node.Count(JsonKind.Text);
        _proposals.Add(new FieldProposal
        {
            Column = FieldName.Column(keys, _names),
            Path = path,
            Type = isNullable ? WithNull(choice.Type) : choice.Type,
            Reason = choice.Reason + (isNullable && !CanBeNull(choice.Type) ? "; null and missing become empty" : ""),
            Confidence = _rows == 0 ? 0 : Math.Round((double)choice.Fits / _rows, 4),
            Values = node.Seen - nulls,
            Nulls = nulls,
            Missing = missing,
            Distinct = texts > 0 && kinds is [JsonKind.Text] && node.Texts.Distinct <= TextFacts.MaxDistinct ? node.Texts.Distinct : null,
            Examples = kinds.Count == 0 ? [] : node.Examples(kinds.MaxBy(node.Count)),
            Conflicts = kinds.Count < 2
                ? []
                : [.. kinds.OrderByDescending(node.Count).Select(kind => new FieldConflict(kind, node.Count(kind), node.Examples(kind)))],
            Alternatives = TypeAlternatives.For(node, choice, isNullable, _options),
        });
    }

    /// <summary>A type with null added, where ClickHouse has that.</summary>
    internal static string WithNull(string type) => type switch
    {
        "LowCardinality(String)" => "LowCardinality(Nullable(String))",
        _ when CanBeNull(type) => $"Nullable({type})",
        _ => type,
    };

    private static bool CanBeNull(string type) =>
        !type.StartsWith("Array(", StringComparison.Ordinal) && !type.StartsWith("Map(", StringComparison.Ordinal)
            && !type.StartsWith("Tuple(", StringComparison.Ordinal);
}
