using System.Globalization;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>
/// The settings that each insert is sent with. A server refuses a setting that it does not know (code 115), and old ones know few of these, so what the server
/// has is looked up once and the rest is left out.
/// </summary>
internal sealed class InsertSettings
{
    public const string Token = "insert_deduplication_token";

    // What keeps one block one insert under one token: no background batching, no splitting, deduplication on, in dependent views as well
    // (ClickHouse issues 76110 and 42035: views were doubled without it).
    private static readonly Dictionary<string, string> Wanted = new(StringComparer.Ordinal)
    {
        ["async_insert"] = "0",
        ["insert_deduplicate"] = "1",
        ["deduplicate_blocks_in_dependent_materialized_views"] = "1",
        ["max_insert_block_size"] = (1L << 30).ToString(CultureInfo.InvariantCulture),
        ["max_insert_block_size_rows"] = (1L << 30).ToString(CultureInfo.InvariantCulture),
        ["max_insert_block_size_bytes"] = "0",
        ["min_insert_block_size_rows"] = "0",
        ["min_insert_block_size_bytes"] = "0",
        ["max_insert_threads"] = "1",
    };

    private readonly Dictionary<string, string> _settings;

    private InsertSettings(Dictionary<string, string> settings, bool hasToken)
    {
        _settings = settings;
        HasToken = hasToken;
    }

    /// <summary>Names that a user may not set.</summary>
    public static IReadOnlySet<string> Reserved { get; } = Wanted.Keys.Append(Token).ToHashSet(StringComparer.Ordinal);

    /// <summary>Names to look up in <c>system.settings</c>.</summary>
    public static IEnumerable<string> ToLookUp => Reserved;

    /// <summary>Whether the server drops a block whose token it has seen.</summary>
    public bool HasToken { get; }

    /// <summary>Settings for a server that has the given ones.</summary>
    public static InsertSettings For(IReadOnlySet<string> known, IReadOnlyDictionary<string, string> users)
    {
        var settings = new Dictionary<string, string>(users, StringComparer.Ordinal);
        foreach (var (name, value) in Wanted)
        {
            if (known.Contains(name)) settings[name] = value;
        }

        return new InsertSettings(settings, known.Contains(Token));
    }

    /// <summary>The settings of one insert; null for one that may come twice.</summary>
    public IEnumerable<KeyValuePair<string, string>> With(string? token) =>
        HasToken && token is not null ? _settings.Append(new KeyValuePair<string, string>(Token, token)) : _settings;
}
