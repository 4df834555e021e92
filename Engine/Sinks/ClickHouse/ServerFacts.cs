namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>What a server knows of the settings that ClickSink works with.</summary>
/// <param name="Settings">The settings of inserts.</param>
/// <param name="Windows">The server's defaults of the deduplication windows.</param>
internal sealed record ServerFacts(InsertSettings Settings, IReadOnlyDictionary<string, string> Windows)
{
    private static readonly string[] WindowSettings = ["non_replicated_deduplication_window", "replicated_deduplication_window"];

    /// <summary>Whether plain MergeTree tables can have a deduplication window.</summary>
    public bool HasWindow => Windows.ContainsKey(WindowSettings[0]);

    /// <summary>Asks the server.</summary>
    public static async ValueTask<(SinkOutcome Outcome, ServerFacts? Facts)> ReadAsync(ClickHouseClient client, ClickHouseSinkOptions options, CancellationToken cancellation)
    {
        var (outcome, known) = await LookUpAsync(client, "system.settings", "''", InsertSettings.ToLookUp, "look up settings", cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return (outcome, null);
        (outcome, var windows) = await LookUpAsync(client, "system.merge_tree_settings", "value", WindowSettings, "look up table settings", cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return (outcome, null);
        return (outcome, new ServerFacts(InsertSettings.For(known.Keys.ToHashSet(StringComparer.Ordinal), options.Settings), windows));
    }

    private static async ValueTask<(SinkOutcome Outcome, Dictionary<string, string> Found)> LookUpAsync(
        ClickHouseClient client, string table, string value, IEnumerable<string> names, string target, CancellationToken cancellation)
    {
        var list = string.Join(", ", names.Select(ClickHouseText.Literal));
        var (outcome, text) = await client.QueryAsync($"SELECT name, {value} FROM {table} WHERE name IN ({list}) FORMAT TabSeparated", target, cancellation);
        return outcome.Kind is SinkOutcomeKind.Done
            ? (outcome, ClickHouseText.ReadTabSeparated(text).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal))
            : (outcome, []);
    }
}
