namespace ClickSink.Engine.Mapping.Inference;

/// <summary>
/// Columns for fields that appear while a pipeline runs. Nobody looks at the decision, so the types are the plainest ones that hold more
/// than what was seen: 64-bit integers, floats,
/// true or false, text; all with null, since the rows before have no value. What is more than a single value is kept as JSON text.
/// </summary>
public static class NewColumns
{
    private static readonly InferenceOptions Cautious = new() { Cautious = true };

    /// <summary>The columns of fields.</summary>
    /// <param name="fields">What was seen of each, by path.</param>
    /// <param name="taken">Names of the columns that the mapping has.</param>
    internal static IEnumerable<ColumnMapping> For(IReadOnlyDictionary<string, FieldNode> fields, IEnumerable<string> taken)
    {
        var names = new HashSet<string>(taken, StringComparer.Ordinal);
        foreach (var (path, field) in fields)
        {
            // A field that no path can name, one with an empty key, stays where it is.
            if (!MappingPath.TryParse(path, out var parsed, out _) || parsed.Metadata is not null) continue;
            var name = FieldName.Column(parsed.Segments.Where(segment => segment.Key is not null).Select(segment => segment.Key!), names);
            yield return new ColumnMapping { Name = name, Type = FieldProposer.WithNull(TypeOf(field)), Path = path == name ? null : path, Added = true };
        }
    }

    /// <summary>The type that holds what two owners of partitions have seen of the same field.</summary>
    /// <param name="one">The type that the one proposes.</param>
    /// <param name="other">The type that the other proposes.</param>
    public static string Join(string one, string other)
    {
        if (one == other) return one;
        string[] numbers = ["Nullable(Int64)", "Nullable(Float64)"];
        return numbers.Contains(one) && numbers.Contains(other) ? "Nullable(Float64)" : "Nullable(String)";
    }

    private static string TypeOf(FieldNode field)
    {
        var kinds = field.Kinds.ToList();
        return kinds.Contains(JsonKind.Object) || kinds.Contains(JsonKind.Array)
            ? "String"
            : ScalarTypes.Choose(new RuleInput(field, "", Cautious)).Type;
    }
}
