using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>Which types can be proposed: those that columns can be built for, and that the server has if it is known what it has.</summary>
internal static class TypeSupport
{
    /// <summary>Whether a type can be had.</summary>
    public static bool CanBuild(string type, InferenceOptions options) =>
        ColumnType.TryParse(type, out var parsed, out _) && ServerHas(type, options) && !IsRisky(parsed, options);

    /// <summary>The first rule's choice that can be had; null if none is.</summary>
    public static TypeChoice? First(IEnumerable<TypeRule> rules, RuleInput input) =>
        rules.Select(rule => rule(input)).FirstOrDefault(choice => choice is not null && CanBuild(choice.Type, input.Options));

    private static bool ServerHas(string type, InferenceOptions options)
    {
        if (options.Families is not { } families) return true;
        // Between parentheses and commas stands a type, perhaps behind the name of a tuple's element, or a number, or a time zone in
        // quotes.
        foreach (var part in type.Split('(', ')', ','))
        {
            var name = part.Trim().Split(' ')[^1];
            if (name.Length > 0 && char.IsAsciiLetterUpper(name[0]) && !families.Contains(name)) return false;
        }

        return true;
    }

    // Servers without Bool came with LowCardinality as an experiment, which a setting has to allow.
    private static bool IsRisky(ColumnType type, InferenceOptions options) =>
        type.Kind is TypeKind.LowCardinality && options.Families is { } families && !families.Contains("Bool");
}
