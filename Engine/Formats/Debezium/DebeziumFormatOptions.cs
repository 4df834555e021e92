using ClickSink.Engine.Formats.Avro;

namespace ClickSink.Engine.Formats.Debezium;

/// <summary>How change events of Debezium are read.</summary>
public sealed record DebeziumFormatOptions
{
    /// <summary>What an event does that tells that a table was emptied; it is rejected by default.</summary>
    public TruncatePolicy Truncate { get; init; } = TruncatePolicy.Reject;

    /// <summary>How decimals are written where an event comes without its schema; as numbers or texts by default.</summary>
    public DecimalEncoding Decimals { get; init; } = DecimalEncoding.Text;

    /// <summary>For events in Avro; without it they are JSON.</summary>
    public AvroFormatOptions? Avro { get; init; }
}
