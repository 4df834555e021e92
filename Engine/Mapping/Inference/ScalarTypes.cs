namespace ClickSink.Engine.Mapping.Inference;

/// <summary>The type for a place that has single values: texts, numbers, true and false, perhaps mixed.</summary>
internal static class ScalarTypes
{
    /// <summary>Chooses. Text is the last resort: it holds each value as it was written.</summary>
    public static TypeChoice Choose(RuleInput input)
    {
        var node = input.Node;
        return (node.Count(JsonKind.Bool) > 0, node.Count(JsonKind.Number) > 0, node.Count(JsonKind.Text) > 0) switch
        {
            (false, false, false) => new TypeChoice("String", "never held anything but null: a guess", 0),
            (true, false, false) => TypeSupport.First(BoolRules, input) ?? Written(input),
            (false, true, false) => TypeSupport.First(NumberRules.All, input) ?? Written(input),
            (false, false, true) => TypeSupport.First(TextRules.All, input) ?? Written(input),
            _ => Mixed(input),
        };
    }

    private static IReadOnlyList<TypeRule> BoolRules { get; } =
    [
        input => new TypeChoice("Bool", "true and false", input.Node.Count(JsonKind.Bool)),
        input => new TypeChoice("UInt8", "true and false, as 1 and 0: this server has no Bool", input.Node.Count(JsonKind.Bool)),
    ];

    private static TypeChoice Mixed(RuleInput input)
    {
        var node = input.Node;
        var texts = node.Texts;
        if (input.Options.Cautious) return Written(input);
        // A number that is sometimes written in quotes: nothing is lost in a number, as long as JSON would write it the same way.
        if (node.Count(JsonKind.Bool) == 0 && texts.Numbers == texts.Count && texts.Distinct <= TextFacts.MaxDistinct)
        {
            var numbers = new FieldNode(node.Key);
            numbers.Numbers.AddAll(node.Numbers, texts.Values);
            if (TypeSupport.First(NumberRules.All, input with { Node = numbers }) is { } choice
                && !choice.Type.StartsWith("DateTime", StringComparison.Ordinal))
                return choice with { Reason = $"{choice.Reason}; {texts.Count} of them are written as texts", Fits = node.Numbers.Count };
        }

        if (node.Count(JsonKind.Number) == 0 && texts.Bools == texts.Count && TypeSupport.CanBuild("Bool", input.Options))
            return new TypeChoice("Bool", $"true and false; {texts.Count} of them are written as texts", node.Count(JsonKind.Bool));
        return Written(input);
    }

    private static TypeChoice Written(RuleInput input)
    {
        var kinds = input.Node.Kinds.ToList();
        var reason = kinds.Count > 1
            ? "values of several kinds: text holds each as it was written"
            : "no narrower type holds all values exactly: text holds each as it was written";
        return new TypeChoice("String", reason, kinds.Max(input.Node.Count));
    }
}
