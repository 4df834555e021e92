using System.Globalization;
using System.Text.RegularExpressions;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>What a table promises about inserts that come twice.</summary>
internal static class ClickHouseTarget
{
    /// <summary>Tells the guarantee of a table from its engine and settings.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="definition">The table's CREATE query, which holds its settings.</param>
    /// <param name="defaults">The server's defaults from <c>system.merge_tree_settings</c>.</param>
    /// <param name="hasToken">Whether the server knows <c>insert_deduplication_token</c>.</param>
    public static Guarantee Judge(string engine, string definition, IReadOnlyDictionary<string, string> defaults, bool hasToken)
    {
        if (!engine.EndsWith("MergeTree", StringComparison.Ordinal))
            return AtLeastOnce($"the table's engine {engine} does not recognise an insert that comes twice; use one of the MergeTree family");
        if (!hasToken) return AtLeastOnce("this server does not know insert_deduplication_token; ClickHouse 22.2 or later does");
        var setting = IsReplicated(engine)
            ? "replicated_deduplication_window"
            : "non_replicated_deduplication_window";
        var match = Regex.Match(definition, $@"\b(?<!non_){setting}\s*=\s*(\d+)");
        var value = match.Success ? match.Groups[1].Value : defaults.GetValueOrDefault(setting, "0");
        return long.TryParse(value, CultureInfo.InvariantCulture, out var window) && window > 0
            ? new Guarantee(GuaranteeLevel.ExactlyOnce, null)
            : AtLeastOnce($"the table's {setting} is 0: ALTER TABLE ... MODIFY SETTING {setting} = 1000 makes it exactly once");
    }

    /// <summary>Whether an engine shares its parts with other servers.</summary>
    public static bool IsReplicated(string engine) => engine.StartsWith("Replicated", StringComparison.Ordinal) || engine.StartsWith("Shared", StringComparison.Ordinal);

    /// <summary>Why rows of a refused insert can be in the table all the same; null when they cannot.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="views">Tables that are fed from it, as ClickHouse prints a list.</param>
    public static string? WhyRefusedMayBeStored(string engine, string views)
    {
        if (!engine.EndsWith("MergeTree", StringComparison.Ordinal)) return $"The table's engine {engine} may have stored rows in spite of the refusal";
        return views is "[]" or "" ? null : $"The table feeds materialized views {views}, and one of them may be what refuses, after the table has its rows";
    }

    private static Guarantee AtLeastOnce(string reason) => new(GuaranteeLevel.AtLeastOnce, reason);
}
