using System.Collections.Frozen;
using System.Globalization;
using ClickSink.Embedded.Chdb;
using Microsoft.AspNetCore.Http;

namespace ClickSink.Embedded.Http;

/// <summary>The parameters of one query, taken from the URL and the headers.</summary>
internal sealed record QueryRequest
{
    private const int DefaultMaxQueryBytes = 262_144;
    private const int MaxMaxQueryBytes = 256 << 20;

    // ClickHouse's reserved names: everything else is a setting.
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "", "query", "compress", "decompress", "user", "password", "quota_key", "query_id", "stacktrace", "role", "buffer_size",
        "wait_end_of_query", "session_id", "session_timeout", "session_check", "client_protocol_version", "close_session", "database", "default_format",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The query in the URL, or empty.</summary>
    public required string Query { get; init; }

    public required string QueryId { get; init; }

    public required string Database { get; init; }

    public required string DefaultFormat { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>Whether the whole result is waited for before anything is sent.</summary>
    public required bool WaitsForEnd { get; init; }

    /// <summary>Whether the client lets the answer be packed.</summary>
    public required bool AllowsCompression { get; init; }

    /// <summary>GET and HEAD: nothing may be changed.</summary>
    public required bool IsReadOnly { get; init; }

    /// <summary>How much of a body is text rather than data.</summary>
    public required int MaxQueryBytes { get; init; }

    /// <summary>Reads the request, or says why it cannot be served.</summary>
    public static QueryFault? TryRead(HttpRequest request, out QueryRequest result)
    {
        var settings = new List<KeyValuePair<string, string>>();
        var parameters = new List<KeyValuePair<string, string>>();
        var maxQueryBytes = DefaultMaxQueryBytes;
        QueryFault? fault = null;
        foreach (var (key, values) in request.Query)
        {
            var value = values.Count > 0 ? values[0] ?? "" : "";
            if (key.StartsWith("param_", StringComparison.Ordinal))
                parameters.Add(new(key["param_".Length..], value));
            else if (Reserved.Contains(key))
                fault ??= Refuse(key, value);
            else if (!key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'))
                fault ??= Faults.UnknownSetting(key);
            else
                settings.Add(new(key, value));
            if (key == "max_query_size" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                maxQueryBytes = size == 0 ? MaxMaxQueryBytes : Math.Min(size, MaxMaxQueryBytes);
        }
        if (request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
            fault ??= Faults.Multipart;

        result = new QueryRequest
        {
            Query = request.Query["query"].ToString(),
            QueryId = FirstOf(
                request.Query["query_id"].ToString(), request.Headers["X-ClickHouse-Query-Id"].ToString(), Guid.NewGuid().ToString()),
            Database = FirstOf(request.Headers["X-ClickHouse-Database"].ToString(), request.Query["database"].ToString()),
            DefaultFormat = FirstOf(
                request.Headers["X-ClickHouse-Format"].ToString(), request.Query["default_format"].ToString(), FormatNames.Default),
            Settings = settings,
            Parameters = parameters,
            WaitsForEnd = IsOn(request, "wait_end_of_query") || IsOn(request, "http_wait_end_of_query"),
            AllowsCompression = IsOn(request, "enable_http_compression"),
            IsReadOnly = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method),
            MaxQueryBytes = maxQueryBytes,
        };
        return fault;
    }

    /// <summary>What prepares a session for this request, and the log_comment by which it can be found.</summary>
    public IReadOnlyList<string> Prelude(string logComment)
    {
        var changes = new List<string>
        {
            // chDB turns both on; a server has them off.
            "implicit_select = 0",
            "allow_introspection_functions = 0",
        };
        foreach (var (name, value) in Settings)
        {
            if (name is not ("log_comment" or "readonly"))
                changes.Add($"{SqlText.QuoteIdentifier(name)} = {SqlText.Quote(value)}");
        }
        changes.Add($"log_comment = {SqlText.Quote(logComment)}");
        // Last, because it forbids further changes. 2 forbids only changes of data.
        var readOnly = Settings.FirstOrDefault(s => s.Key == "readonly").Value ?? "0";
        if (IsReadOnly && readOnly == "0")
            readOnly = "2";
        if (readOnly != "0")
            changes.Add($"readonly = {SqlText.Quote(readOnly)}");

        var set = "SET " + string.Join(", ", changes);
        return Database.Length == 0 ? [set] : [$"USE {SqlText.QuoteIdentifier(Database)}", set];
    }

    private static QueryFault? Refuse(string key, string value) => key switch
    {
        "session_id" when value.Length > 0 => Faults.Session,
        "compress" or "decompress" when IsTrue(value) => Faults.OwnCompression(key),
        "role" when value.Length > 0 => Faults.UnknownRole(value),
        _ => null,
    };

    private static string FirstOf(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Length > 0)
                return text;
        }
        return "";
    }

    private static bool IsOn(HttpRequest request, string parameter) => IsTrue(request.Query[parameter].ToString());

    private static bool IsTrue(string value) => value is "1" or "true";
}
