using System.Text.Json;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>What was seen at one place of the messages, and below it.</summary>
internal sealed class FieldNode
{
    /// <summary>Keys of one object that are told apart. An object with more of them uses data as keys.</summary>
    public const int MaxMembers = 2000;

    private const int MaxExamples = 3;
    private const int MaxExampleLength = 80;
    private readonly Dictionary<JsonKind, List<string>> _examples = [];
    private readonly int[] _counts = new int[Enum.GetValues<JsonKind>().Length];

    /// <param name="key">The key; empty for the message itself and for elements.</param>
    public FieldNode(string key) => Key = key;

    public string Key { get; }

    /// <summary>How often the field was there, null included.</summary>
    public int Seen => _counts.Sum();

    public NumberFacts Numbers { get; } = new();

    public TextFacts Texts { get; } = new();

    /// <summary>The members, in the order in which they were first seen.</summary>
    public Dictionary<string, FieldNode> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there were more members than are told apart.</summary>
    public bool HasMoreMembers { get; private set; }

    /// <summary>All elements of all arrays together; null while there was none.</summary>
    public FieldNode? Elements { get; private set; }

    /// <summary>All members' values together, but not what is inside of them; null while there was none.</summary>
    public FieldNode? Values { get; private set; }

    /// <summary>How many values of a kind there were.</summary>
    public int Count(JsonKind kind) => _counts[(int)kind];

    /// <summary>The kinds that were seen, null aside.</summary>
    public IEnumerable<JsonKind> Kinds => Enum.GetValues<JsonKind>().Where(kind => kind is not JsonKind.Null && Count(kind) > 0);

    /// <summary>Some values of a kind, cut.</summary>
    public IReadOnlyList<string> Examples(JsonKind kind) => _examples.GetValueOrDefault(kind) ?? [];

    /// <summary>Takes in a value and all that is inside of it.</summary>
    public void Add(JsonElement value)
    {
        AddShallow(value);
        if (value.ValueKind is JsonValueKind.Object) AddMembers(value);
        else if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray()) (Elements ??= new FieldNode("")).Add(element);
        }
    }

    private void AddShallow(JsonElement value)
    {
        var kind = value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => JsonKind.Bool,
            JsonValueKind.Number => JsonKind.Number,
            JsonValueKind.String => JsonKind.Text,
            JsonValueKind.Object => JsonKind.Object,
            JsonValueKind.Array => JsonKind.Array,
            _ => JsonKind.Null,
        };
        _counts[(int)kind]++;
        if (kind is JsonKind.Number) Numbers.Add(value.GetRawText());
        else if (kind is JsonKind.Text) Texts.Add(value.GetString()!);
        if (kind is JsonKind.Null) return;
        if (!_examples.TryGetValue(kind, out var examples)) _examples[kind] = examples = [];
        if (examples.Count == MaxExamples) return;
        var text = value.GetRawText();
        text = text.Length <= MaxExampleLength ? text : text[..MaxExampleLength] + "...";
        if (!examples.Contains(text)) examples.Add(text);
    }

    private void AddMembers(JsonElement value)
    {
        // Of a key that stands twice the last counts, as in the decoder.
        var last = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject()) last[member.Name] = member.Value;
        foreach (var (key, member) in last)
        {
            (Values ??= new FieldNode("")).AddShallow(member);
            if (!Members.TryGetValue(key, out var node))
            {
                if (Members.Count == MaxMembers)
                {
                    HasMoreMembers = true;
                    continue;
                }

                Members[key] = node = new FieldNode(key);
            }

            node.Add(member);
        }
    }
}
