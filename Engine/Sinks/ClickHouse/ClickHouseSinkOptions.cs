using System.ComponentModel.DataAnnotations;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>A ClickHouse table as a sink, or several for rows that are routed.</summary>
public sealed record ClickHouseSinkOptions
{
    /// <summary>The server's HTTP interface, such as <c>http://127.0.0.1:8123</c>.</summary>
    [Required]
    public string Url { get; init; } = "";

    /// <summary>The database; <c>default</c> by default.</summary>
    public string Database { get; init; } = "default";

    /// <summary>The table; null if rows are routed to <see cref="Tables"/>.</summary>
    public string? Table { get; init; }

    /// <summary>The tables of rows that are routed, one for each route; none by default.</summary>
    public IReadOnlyList<ClickHouseRouteOptions> Tables { get; init; } = [];

    /// <summary>The user; <c>default</c> by default.</summary>
    public string User { get; init; } = "default";

    /// <summary>The user's password; none by default.</summary>
    public Secret? Password { get; init; }

    /// <summary>Compression of what is sent; by default none to this machine and gzip to any other.</summary>
    public ClickHouseCompression Compression { get; init; } = ClickHouseCompression.Auto;

    /// <summary>How the table is created when it does not exist; null (the default) means that it must exist.</summary>
    public ClickHouseTableOptions? CreateTable { get; init; }

    /// <summary>The table after which others are named: the only one, or the first.</summary>
    public string MainTable => Table ?? (Tables.Count > 0 ? Tables[0].Table : "");

    /// <summary>Further settings for inserts and for creating tables, by ClickHouse's names. Those that exactly once rests on are refused.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>How long one request may take; 2 minutes by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);
}
