using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats.Transcoding;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats.Debezium;

/// <summary>
/// Change events: the row is what the database has after the change, or had before it if the row was deleted. A first pass over the event finds that row and what the
/// event says of it, a second one reads it as any JSON row; in between, values that need the event's schema to be understood are rewritten.
/// </summary>
internal sealed class DebeziumDecoder : MessageDecoder
{
    private readonly DebeziumFormatOptions _options;
    private readonly ITranscoder? _transcoder;
    private readonly EnvelopeReader _envelope;
    private readonly JsonRows _rows;
    private readonly ConnectSchemas _schemas;
    private readonly ValueConversion? _unschemed;
    private readonly ValueRewriter _rewriter;

    /// <param name="plan">The mapping.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="options">The options.</param>
    /// <param name="transcoder">Makes JSON of events of another format; null if they are JSON.</param>
    public DebeziumDecoder(MappingPlan plan, FormatLimits limits, DebeziumFormatOptions options, ITranscoder? transcoder)
        : base(plan, limits)
    {
        _options = options;
        _transcoder = transcoder;
        _envelope = new EnvelopeReader(limits);
        _rows = new JsonRows(plan, limits);
        _schemas = new ConnectSchemas();
        _unschemed = options.Decimals == DecimalEncoding.Base64 ? ValueConversion.DecimalsOf(plan) : null;
        _rewriter = new ValueRewriter(limits);
    }

    private protected override RowFault? Decode(in Message message, ColumnBlock block)
    {
        ReadOnlySpan<byte> json = message.Value;
        RowFault? fault = _transcoder?.Transcode(message.Value, out json);
        if (fault is not null) return fault;
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        fault = _envelope.Read(json, out Envelope envelope);
        if (fault is not null) return fault;
        if (envelope.Operation.IsEmpty) return EnvelopeReader.IsEmptyPayload(json) ? null : NoEvent("it has no op");
        if (envelope.Operation.SequenceEqual("t"u8)) return Truncated();

        bool isDeleted = envelope.Operation.SequenceEqual("d"u8);
        if (!isDeleted && !(envelope.Operation is [(byte)'c'] or [(byte)'u'] or [(byte)'r'])) return NoEvent($"its op is \"{ColumnFaults.Cut(envelope.Operation)}\"");
        ReadOnlySpan<byte> row = isDeleted ? envelope.Before : envelope.After;
        if (row.IsEmpty) return NoEvent($"its op is \"{ColumnFaults.Cut(envelope.Operation)}\", and it has no {(isDeleted ? "before" : "after")}");
        if (!TryConvert(envelope.Schema, ref row, out fault)) return fault;

        var change = new ChangeFields
        {
            Operation = envelope.Operation,
            IsDeleted = isDeleted,
            TimestampMilliseconds = envelope.TimestampMilliseconds,
            Version = envelope.Version,
        };
        _rows.Begin(block);
        return _rows.Decode(row, message, change, block);
    }

    private bool TryConvert(ReadOnlySpan<byte> schema, ref ReadOnlySpan<byte> row, out RowFault? fault)
    {
        fault = null;
        ValueConversion? conversion = _unschemed;
        if (!schema.IsEmpty)
        {
            fault = _schemas.Find(schema, out conversion);
            if (fault is not null) return false;
        }

        if (conversion is not null) fault = _rewriter.Rewrite(ref row, conversion);
        return fault is null;
    }

    private RowFault? Truncated() => _options.Truncate == TruncatePolicy.Ignore
        ? null
        : new RowFault("the event tells that the table was emptied (op t), and no row says so: empty the target table, then set format.debezium.truncate to ignore", null, null, null);

    private static RowFault NoEvent(string why) =>
        new($"the message is no change event of Debezium: {why}. Events that were flattened on their way are rows of the format json", null, null, null);
}
