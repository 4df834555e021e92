using System.Globalization;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>Types for texts, the most telling first. A new type is one more rule in the list.</summary>
internal static class TextRules
{
    private const int LongestLowCardinality = 200;
    private const int EnoughForLowCardinality = 40;
    private const long SecondsPerDay = 86_400;
    private const long LastDateTime = uint.MaxValue;
    private const long LastDate = (65_535 * SecondsPerDay) + SecondsPerDay - 1;

    /// <summary>The rules, in order.</summary>
    public static IReadOnlyList<TypeRule> All { get; } = [Uuid, Ipv4, Ipv6, Date, LongDate, Time, LowCardinality, Text];

    private static TypeChoice? Uuid(RuleInput input) => Whole(input, input.Node.Texts.Uuids, "UUID", "all texts are UUIDs");

    private static TypeChoice? Ipv4(RuleInput input) => Whole(input, input.Node.Texts.Ipv4, "IPv4", "all texts are IPv4 addresses");

    private static TypeChoice? Ipv6(RuleInput input) => Whole(input, input.Node.Texts.Ipv6, "IPv6", "all texts are IPv6 addresses");

    private static TypeChoice? Date(RuleInput input) =>
        input.Node.Texts is { MinSeconds: >= 0, MaxSeconds: <= LastDate } texts
            ? Whole(input, texts.Dates, "Date", "all texts are days")
            : null;

    private static TypeChoice? LongDate(RuleInput input) =>
        Whole(input, input.Node.Texts.Dates, "Date32", "all texts are days, some of them before 1970 or after 2149");

    private static TypeChoice? Time(RuleInput input)
    {
        var texts = input.Node.Texts;
        if (texts.FractionDigits > 9 || texts.Times == 0) return null;
        var clock = texts.TimesElsewhere > 0 ? "; their distance from UTC is not kept"
            : texts.TimesWithOffset < texts.Times ? "; those that do not say their distance from UTC are taken for UTC" : "";
        // Days among times are midnights.
        var found = texts.Times + texts.Dates;
        if (texts is { FractionDigits: 0, MinSeconds: >= 0, MaxSeconds: <= LastDateTime })
            return Whole(input, found, "DateTime('UTC')", $"all texts are times in whole seconds{clock}");
        var digits = Math.Max(3, (texts.FractionDigits + 2) / 3 * 3);
        return Whole(
            input, found, string.Create(CultureInfo.InvariantCulture, $"DateTime64({digits}, 'UTC')"), $"all texts are times{clock}");
    }

    private static TypeChoice? LowCardinality(RuleInput input)
    {
        var texts = input.Node.Texts;
        if (texts.Count < EnoughForLowCardinality || texts.MaxLength > LongestLowCardinality || texts.Distinct > texts.Count / 10)
            return null;
        return Whole(input, texts.Count, "LowCardinality(String)", $"texts of which only {texts.Distinct} are different");
    }

    private static TypeChoice? Text(RuleInput input) =>
        new("String", $"texts of up to {input.Node.Texts.MaxLength} characters", input.Node.Texts.Count);

    private static TypeChoice? Whole(RuleInput input, int found, string type, string reason) =>
        !input.Options.Cautious && found > 0 && found == input.Node.Texts.Count ? new TypeChoice(type, reason, found) : null;
}
