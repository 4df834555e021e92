using System.Text.Json;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats.Debezium;

/// <summary>
/// Takes a change event apart. The event is itself read as a row, of columns that hold its parts as text: the one strict JSON reader then checks all of it, and no second
/// way of finding things in JSON is needed.
/// </summary>
internal sealed class EnvelopeReader
{
    // Each part where Kafka Connect's converter sends the schema along, under payload, and where it does not.
    private static readonly string[] Parts = ["op", "before", "after", "ts_ms", "source.ts_ms", "source.lsn", "source.scn", "source.file", "source.pos", "source.row"];
    private static readonly string[] Numbers = ["ts_ms", "source.ts_ms", "source.lsn", "source.scn", "source.pos", "source.row"];

    private readonly JsonRows _rows;
    private readonly ColumnBlock _block;

    public EnvelopeReader(FormatLimits limits)
    {
        MappingOptions options = new() { Columns = [Column("schema"), .. Parts.Select(Column), .. Parts.Select(part => Column($"payload.{part}"))] };
        MappingPlan.TryCompile(options, out MappingPlan? plan, []);
        // One event, and nothing in a block of several. Nothing else of the limits: what they say of fields that nobody maps is meant for the row.
        _rows = new JsonRows(plan!, new FormatLimits { MaxRows = 1, MaxDepth = limits.MaxDepth });
        // With books of its own: a decoder is never disposed, and its few arrays are the collector's.
        _block = plan!.CreateBlock(new BufferPool());
    }

    /// <summary>Takes an event apart.</summary>
    /// <returns>Null, or what is wrong with the message.</returns>
    public RowFault? Read(ReadOnlySpan<byte> json, out Envelope envelope)
    {
        envelope = default;
        _block.Clear();
        _rows.Begin(_block);
        RowFault? fault = _rows.Decode(json, default, default, _block);
        if (fault is not null) return fault.Column is null ? fault : fault with { Reason = $"the change event is broken: {fault.Reason}", Column = null };
        if (_block.Rows != 1) return null;
        int from = Text(1).IsEmpty ? 1 + Parts.Length : 1;
        envelope = new Envelope
        {
            Schema = Text(0),
            Operation = Text(from),
            Before = Text(from + 1),
            After = Text(from + 2),
            TimestampMilliseconds = Number(from + 4) ?? Number(from + 3),
            Version = Version(from),
        };
        return null;
    }

    /// <summary>Whether a message without an op is a tombstone with a schema around it. Cold.</summary>
    public static bool IsEmptyPayload(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("schema", out _) && root.TryGetProperty("payload", out JsonElement payload) && payload.ValueKind == JsonValueKind.Null;
    }

    private static ColumnMapping Column(string path) =>
        new() { Name = path, Type = Numbers.Contains(path.Replace("payload.", "")) ? "Nullable(Int64)" : "Nullable(String)" };

    // What grows with each change differs from database to database: the place in PostgreSQL's log, Oracle's change number, the file, place and row in MySQL's log; and
    // for others the time, which two changes of one row may share.
    private long? Version(int from)
    {
        if ((Number(from + 5) ?? Number(from + 6)) is { } place) return place;
        if (Number(from + 8) is { } position && BinlogNumber(Text(from + 7)) is { } file)
            return file << 44 | Math.Clamp(position, 0, (1L << 32) - 1) << 12 | Math.Clamp(Number(from + 9) ?? 0, 0, 0xFFF);
        return Number(from + 4) ?? Number(from + 3);
    }

    /// <summary>The number of a file such as <c>mysql-bin.000003</c>, as far as 19 bits hold it.</summary>
    private static long? BinlogNumber(ReadOnlySpan<byte> file)
    {
        int digits = file.Length - 1 - file.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits > 0 && long.TryParse(file[^digits..], out long number) && number < 1 << 19 ? number : null;
    }

    private ReadOnlySpan<byte> Text(int column)
    {
        var values = (NullableColumn)_block.ColumnArray[column];
        return values.Nulls[0] ? default : ((StringColumn)values.Values)[0];
    }

    private long? Number(int column)
    {
        var values = (NullableColumn)_block.ColumnArray[column];
        return values.Nulls[0] ? null : ((FixedColumn<long>)values.Values).Values[0];
    }
}
