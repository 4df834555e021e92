using System.Globalization;
using ClickSink.Engine.DeadLetters;

namespace ClickSink.Engine.Sinks.ClickHouse.DeadLetters;

/// <summary>
/// What is asked of the table of dead letters. The engine may not have merged yet, and a table of a former release never merges, so of each
/// message the state of the highest version is looked up, and taken once.
/// </summary>
internal sealed class DeadLetterQueries
{
    private const string Place = "`partition`, `offset`";

    private readonly string _table;
    private readonly string _mine;

    public DeadLetterQueries(string table, string pipeline, string topic)
    {
        _table = table;
        _mine = $"pipeline = {ClickHouseText.Literal(pipeline)} AND topic = {ClickHouseText.Literal(topic)}";
    }

    /// <summary>Letters with their bytes, in order.</summary>
    public string List(DeadLetterFilter filter, (int Partition, long Offset)? after, int limit, int maxPayload) =>
        $"SELECT {Fields(maxPayload)} FROM {_table} WHERE {Newest(filter)}{After(after)} ORDER BY {Place} LIMIT 1 BY {Place} LIMIT {limit} FORMAT TabSeparated";

    /// <summary>The states of letters and how many bytes each has, in order.</summary>
    public string Keys(DeadLetterFilter filter, (int Partition, long Offset)? after, int limit) =>
        $"SELECT {Place}, version, length(payload) FROM {_table} WHERE {Newest(filter)}{After(after)} ORDER BY {Place} LIMIT 1 BY {Place} LIMIT {limit} FORMAT TabSeparated";

    /// <summary>Letters of these messages.</summary>
    public string Read(IReadOnlyList<LetterKey> keys)
    {
        var messages = $"{_mine} AND ({Place}) IN ({string.Join(',', keys.Select(Tuple))})";
        return $"SELECT {Fields(int.MaxValue)} FROM {_table} WHERE {Newest(messages)} ORDER BY {Place} LIMIT 1 BY {Place} FORMAT TabSeparated";
    }

    /// <summary>How many there are by status and column.</summary>
    public string Count(DeadLetterFilter filter) =>
        $"SELECT toInt8(status), `column`, uniqExact({Place}) AS letters, any(reason) FROM {_table} WHERE {Newest(filter)} GROUP BY status, `column` ORDER BY letters DESC, `column` LIMIT 200 FORMAT TabSeparated";

    /// <summary>How many there are.</summary>
    public string CountAll(DeadLetterFilter filter) =>
        $"SELECT 'letters', toString(uniqExact({Place})) FROM {_table} WHERE {Newest(filter)} FORMAT TabSeparated";

    /// <summary>Stores a further state of letters: not wanted.</summary>
    public string Discard(DeadLetterFilter filter) =>
        $"INSERT INTO {_table} {DeadLetterDdl.Columns} SELECT {string.Join(", ", DeadLetterDdl.Names.Select(Discarded))} FROM {_table} WHERE {Newest(filter)}";

    private static string Discarded(string column) => column switch
    {
        "version" => "version + 1",
        "status" => "CAST('discarded' AS Enum8('rejected' = 1, 'replayed' = 2, 'discarded' = 3))",
        "updated_at" => "now()",
        _ => ClickHouseText.Identifier(column),
    };

    private static string Fields(int maxPayload) =>
        $"{Place}, version, toInt8(status), timestamp_ms, toUInt32(rejected_at), toUInt32(updated_at), reason, `column`, path, value, attempts, replay, pipeline_version, stored_routes, headers, "
        + $"hex(key), hex({(maxPayload == int.MaxValue ? "payload" : string.Create(CultureInfo.InvariantCulture, $"substring(payload, 1, {maxPayload})"))}), payload_bytes";

    private static string Tuple(LetterKey key) => string.Create(CultureInfo.InvariantCulture, $"({key.Partition},{key.Offset})");

    private static string After((int Partition, long Offset)? after) => after is { } place
        ? string.Create(
            CultureInfo.InvariantCulture,
            $" AND (`partition` > {place.Partition} OR (`partition` = {place.Partition} AND `offset` > {place.Offset}))")
        : "";

    // What decides which messages it is about is asked for in the inner query as well: it has to look at every state.
    private string Newest(DeadLetterFilter filter)
    {
        var messages = _mine;
        if (filter.Partition is { } partition) messages += string.Create(CultureInfo.InvariantCulture, $" AND `partition` = {partition}");
        if (filter.FromOffset is { } from) messages += string.Create(CultureInfo.InvariantCulture, $" AND `offset` >= {from}");
        if (filter.ToOffset is { } to) messages += string.Create(CultureInfo.InvariantCulture, $" AND `offset` <= {to}");
        var result = Newest(messages);
        if (filter.Status is { } status) result += $" AND status = '{status.ToString().ToLowerInvariant()}'";
        if (filter.Column is { } column) result += $" AND `column` = {ClickHouseText.Literal(column)}";
        if (filter.Reason is { } reason) result += $" AND positionCaseInsensitiveUTF8(reason, {ClickHouseText.Literal(reason)}) > 0";
        if (filter.Since is { } since) result += string.Create(
            CultureInfo.InvariantCulture, $" AND toUInt32(rejected_at) >= {since.ToUnixTimeSeconds()}");
        if (filter.Until is { } until) result += string.Create(
            CultureInfo.InvariantCulture, $" AND toUInt32(rejected_at) <= {until.ToUnixTimeSeconds()}");
        return result;
    }

    private string Newest(string messages) =>
        $"{messages} AND ({Place}, version) IN (SELECT {Place}, max(version) FROM {_table} WHERE {messages} GROUP BY {Place})";
}
