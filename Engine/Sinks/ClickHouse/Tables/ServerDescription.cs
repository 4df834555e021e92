namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>What a ClickHouse server is.</summary>
/// <param name="Version">Its version.</param>
/// <param name="TimeZone">Its time zone.</param>
/// <param name="TypeFamilies">The types that it has.</param>
/// <param name="HasWindow">Whether plain MergeTree tables can recognise a block that comes twice.</param>
/// <param name="HasToken">Whether a block can be named by a token.</param>
public sealed record ServerDescription(string Version, string TimeZone, IReadOnlySet<string> TypeFamilies, bool HasWindow, bool HasToken);
