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
        if (options.Table.Length > 0) CheckName(options.Table, $"{path}.table", faults);
        if (options.Timeout < TimeSpan.FromSeconds(1)) faults.Add($"{path}.timeout", Duration.Format(options.Timeout), "must be at least 1s");
        if (options.CreateTable is { OrderBy.Count: 0 }) faults.Add($"{path}.createTable.orderBy", null, "needs at least one column or expression; tuple() for none");
        foreach (var (name, value) in options.Settings)
        {
            if (!SettingPattern().IsMatch(name) || Parameters.Contains(name))
                faults.Add($"{path}.settings.{name}", Secret.IsNameOfOne(name) ? Secret.Mask : value, "is not the name of a ClickHouse setting");
            else if (InsertSettings.Reserved.Contains(name)) faults.Add($"{path}.settings.{name}", value, "is set by ClickSink itself: exactly once rests on it; remove it");
        }
    }

    private static void CheckName(string name, string path, FaultList faults)
    {
        // Names are quoted wherever they are used; what is refused here is what no sane table has.
        if (name.Length is 0 or > 200 || name.Any(char.IsControl)) faults.Add(path, name, "must be 1 to 200 characters without control characters");
    }

    [GeneratedRegex("^[a-z_0-9]{1,100}\\z")]
    private static partial Regex SettingPattern();
}
