namespace ClickSink.Engine.Setup;

/// <summary>What a ClickHouse server answered.</summary>
/// <param name="Ok">Whether it answers and has the database.</param>
/// <param name="Message">What was found, or what is wrong and what to do.</param>
/// <param name="Version">Its version; null when it did not answer.</param>
/// <param name="TimeZone">Its time zone; null when it did not answer.</param>
/// <param name="Databases">Its databases; null when it did not answer.</param>
public sealed record ClickHouseReport(
    bool Ok, string Message, string? Version = null, string? TimeZone = null, IReadOnlyList<string>? Databases = null);
