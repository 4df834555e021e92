using System.Text.RegularExpressions;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>The rules of <see cref="ClickHouseSinkOptions"/> that go beyond types.</summary>
internal static partial class ClickHouseSinkOptionsValidator
{
    // Parameters of ClickHouse's HTTP interface that are no settings but change what a request does or who sends it.
    private static readonly HashSet<string> Parameters = new(StringComparer.Ordinal)
    {
        "query", "query_id", "database", "user", "password", "quota_key", "role", "session_id", "session_timeout", "session_check", "close_session",
        "compress", "decompress", "default_format",
    };

    public static void Validate(ClickHouseSinkOptions options, string path, FaultList faults)
    {
        if (options.Url.Length > 0)
        {
            if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                faults.Add($"{path}.url", options.Url, "must be the address of ClickHouse's HTTP interface, such as http://localhost:8123");
            else if (url.UserInfo.Length > 0)
                faults.Add($"{path}.url", null, "must not hold a user or password; use the keys user and password");
            else if (url.AbsolutePath != "/" || url.Query.Length > 0)
                faults.Add($"{path}.url", options.Url, "must have no path and no query; use the keys database, table and settings");
        }

        CheckName(options.Database, $"{path}.database", faults);
        CheckTables(options, path, faults);
        if (options.Timeout < TimeSpan.FromSeconds(1)) faults.Add($"{path}.timeout", Duration.Format(options.Timeout), "must be at least 1s");
        foreach (var (name, value) in options.Settings)
        {
            if (!SettingPattern().IsMatch(name) || Parameters.Contains(name))
                faults.Add($"{path}.settings.{name}", Secret.IsNameOfOne(name) ? Secret.Mask : value, "is not the name of a ClickHouse setting");
            else if (InsertSettings.Reserved.Contains(name)) faults.Add($"{path}.settings.{name}", value, "is set by ClickSink itself: exactly once rests on it; remove it");
        }
    }

    private static void CheckTables(ClickHouseSinkOptions options, string path, FaultList faults)
    {
        if (options.Table is { } table) CheckName(table, $"{path}.table", faults);
        else if (options.Tables.Count == 0) faults.Add($"{path}.table", null, "is required; or tables, for rows that are routed");
        CheckCreate(options.CreateTable, path, faults);
        if (options.Tables.Count > 0 && options.Table is not null) faults.Add($"{path}.table", options.Table, "cannot stand beside tables: a row goes where its route leads");
        if (options.Tables.Count > 0 && options.CreateTable is not null) faults.Add($"{path}.createTable", null, "cannot stand beside tables: each of them has its own");
        for (var i = 0; i < options.Tables.Count; i++)
        {
            if (options.Tables[i].Table.Length > 0) CheckName(options.Tables[i].Table, $"{path}.tables[{i}].table", faults);
            CheckCreate(options.Tables[i].CreateTable, $"{path}.tables[{i}]", faults);
        }
    }

    private static void CheckCreate(ClickHouseTableOptions? create, string path, FaultList faults)
    {
        if (create is { OrderBy.Count: 0 }) faults.Add($"{path}.createTable.orderBy", null, "needs at least one column or expression; tuple() for none");
    }

    private static void CheckName(string name, string path, FaultList faults)
    {
        // Names are quoted wherever they are used; what is refused here is what no sane table has.
        if (name.Length is 0 or > 200 || name.Any(char.IsControl)) faults.Add(path, name, "must be 1 to 200 characters without control characters");
    }

    [GeneratedRegex("^[a-z_0-9]{1,100}\\z")]
    private static partial Regex SettingPattern();
}
