using System.Globalization;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>Other types that would do, for somebody who knows more about the data than a sample tells.</summary>
internal static class TypeAlternatives
{
    private const int MaxEnumValues = 50;

    /// <summary>The alternatives to a choice; only such as can be had.</summary>
    public static IReadOnlyList<TypeAlternative> For(FieldNode node, TypeChoice choice, bool isNullable, InferenceOptions options)
    {
        if (options.Cautious) return [];
        var kinds = node.Kinds.ToList();
        var found = kinds switch
        {
            [JsonKind.Text] => ForTexts(node.Texts, choice.Type),
            [JsonKind.Number] => ForNumbers(node, choice.Type, options),
            [JsonKind.Object] => [new TypeAlternative("JSON", "keeps the paths queryable, but neither the order of keys nor null")],
            _ => [],
        };
        return
        [
            .. found.Where(other => other.Type != choice.Type && TypeSupport.CanBuild(other.Type, options))
                .Select(other => isNullable && other.Type != "JSON" ? other with { Type = FieldProposer.WithNull(other.Type) } : other),
        ];
    }

    private static IEnumerable<TypeAlternative> ForTexts(TextFacts texts, string chosen)
    {
        if (chosen == "LowCardinality(String)" && texts.Distinct <= MaxEnumValues
            && texts.Values.All(v => v.Length > 0 && !v.Contains('\'') && !v.Contains('\\')))
        {
            var values = string.Join(
                ", ",
                texts.Values.Order(StringComparer.Ordinal).Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"'{v}' = {i + 1}")));
            yield return new TypeAlternative($"Enum8({values})", "smaller, but a value that was not in the sample is rejected");
        }

        if (chosen is not ("String" or "LowCardinality(String)"))
            yield return new TypeAlternative("String", "takes whatever comes, exactly as it was written");
        if (chosen == "String")
            yield return new TypeAlternative(
                "LowCardinality(String)", "smaller and faster if there are fewer than some ten thousand different texts");
        if (texts.Numbers == texts.Count)
            yield return new TypeAlternative("Int64", "all texts are numbers; a text that is none would be rejected");
    }

    private static IEnumerable<TypeAlternative> ForNumbers(FieldNode node, string chosen, InferenceOptions options)
    {
        if (chosen == "Float64")
            yield return new TypeAlternative("Decimal(18, 4)", "exact sums; a value with more than 4 decimal places is rejected");
        if (chosen.StartsWith("Decimal", StringComparison.Ordinal))
            yield return new TypeAlternative("Float64", "any number of decimal places, but sums are not exact");
        if (chosen.StartsWith("DateTime", StringComparison.Ordinal)) yield return new TypeAlternative("Int64", "the number itself");
        if (chosen == "Int64" && TypeSupport.First(NumberRules.All, new RuleInput(node, "", options with { Tight = true })) is { } tight)
            yield return new TypeAlternative(tight.Type, tight.Reason);
    }
}
