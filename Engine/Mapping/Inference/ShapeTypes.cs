using System.Text.RegularExpressions;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>Types for places that hold objects or arrays as a whole.</summary>
internal static partial class ShapeTypes
{
    private const int ManyKeys = 20;
    private const int FewDataKeys = 3;
    private const double RareKey = 0.3;
    private const int MaxTupleElements = 20;

    /// <summary>Whether keys are data: many of them, each in few objects, or all of them numbers or UUIDs.</summary>
    public static bool HasDataAsKeys(FieldNode node)
    {
        var objects = node.Count(JsonKind.Object);
        if (node.HasMoreMembers) return true;
        if (node.Members.Count >= FewDataKeys && node.Members.Keys.All(key => DataKey().IsMatch(key))) return true;
        return node.Members.Count >= ManyKeys
            && node.Members.Values.Sum(member => (double)member.Seen) / node.Members.Count / objects < RareKey;
    }

    /// <summary>The type for objects that are not taken apart.</summary>
    /// <param name="input">What was seen: nothing but objects.</param>
    /// <param name="why">Why they are not taken apart.</param>
    public static TypeChoice Object(RuleInput input, string why)
    {
        var node = input.Node;
        var count = node.Count(JsonKind.Object);
        if (!input.Options.Cautious && node.Values is { } values && HasDataAsKeys(node)
            && !values.Kinds.Any(kind => kind is JsonKind.Object or JsonKind.Array) && values.Kinds.Any())
        {
            var value = ScalarTypes.Choose(input with { Node = values });
            var type = $"Map(String, {Element(value.Type, values)})";
            if (TypeSupport.CanBuild(type, input.Options)) return new TypeChoice(type, $"{Keys(node)}; values: {value.Reason}", count);
        }

        return new TypeChoice("String", $"{(HasDataAsKeys(node) ? Keys(node) : why)}: kept as JSON text", count);
    }

    /// <summary>The type for arrays.</summary>
    public static TypeChoice Array(RuleInput input)
    {
        var count = input.Node.Count(JsonKind.Array);
        if (input.Node.Elements is not { } elements)
            return new TypeChoice("String", "only empty arrays were seen: kept as JSON text", count);
        if (!input.Options.Cautious && ElementType(input with { Node = elements }, depth: 0) is { } element)
        {
            var type = $"Array({element.Type})";
            if (TypeSupport.CanBuild(type, input.Options)) return new TypeChoice(type, $"arrays; elements: {element.Reason}", count);
        }

        return new TypeChoice("String", "arrays that no typed column holds as they are: kept as JSON text", count);
    }

    // Null where the elements can only be kept as JSON text; then the whole array is.
    private static TypeChoice? ElementType(RuleInput input, int depth)
    {
        const int MaxNesting = 4;
        var node = input.Node;
        var kinds = node.Kinds.ToList();
        if (depth > MaxNesting) return null;
        if (kinds is [JsonKind.Array])
        {
            // An array in an array cannot be null.
            if (node.Elements is null || node.Count(JsonKind.Null) > 0) return null;
            return ElementType(input with { Node = node.Elements }, depth + 1) is { } inner
                ? inner with { Type = $"Array({inner.Type})" }
                : null;
        }

        if (kinds is [JsonKind.Object]) return Tuple(input, depth);
        if (kinds.Contains(JsonKind.Object) || kinds.Contains(JsonKind.Array)) return null;
        var choice = ScalarTypes.Choose(input);
        return choice with { Type = Element(choice.Type, node) };
    }

    private static TypeChoice? Tuple(RuleInput input, int depth)
    {
        var node = input.Node;
        if (node.Count(JsonKind.Null) > 0 || node.Members.Count is 0 or > MaxTupleElements || HasDataAsKeys(node)) return null;
        var parts = new List<string>();
        foreach (var member in node.Members.Values)
        {
            // Names in a tuple's type are identifiers, and what is missing has no null of its own unless it is Nullable.
            if (!Identifier().IsMatch(member.Key)) return null;
            if (ElementType(input with { Node = member, Name = member.Key }, depth + 1) is not { } part) return null;
            var isMissing = member.Seen < node.Count(JsonKind.Object);
            if (isMissing && part.Type.StartsWith("Array(", StringComparison.Ordinal)) return null;
            var type = isMissing && !part.Type.StartsWith("Nullable(", StringComparison.Ordinal) ? $"Nullable({part.Type})" : part.Type;
            parts.Add($"{member.Key} {type}");
        }

        return new TypeChoice($"Tuple({string.Join(", ", parts)})", $"objects with {parts.Count} fields", node.Count(JsonKind.Object));
    }

    private static string Element(string type, FieldNode node)
    {
        // Inside of an array or a map a dictionary of its own seldom pays.
        var plain = type == "LowCardinality(String)" ? "String" : type;
        return node.Count(JsonKind.Null) > 0 ? $"Nullable({plain})" : plain;
    }

    private static string Keys(FieldNode node) =>
        $"objects whose keys are data ({(node.HasMoreMembers ? $"more than {FieldNode.MaxMembers}" : node.Members.Count)} different ones)";

    [GeneratedRegex("^(-?[0-9]+|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$")]
    private static partial Regex DataKey();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Identifier();
}
