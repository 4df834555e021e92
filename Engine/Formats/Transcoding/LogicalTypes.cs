namespace ClickSink.Engine.Formats.Transcoding;

/// <summary>Knows the logical types by the names that they have in Avro, Kafka Connect and Debezium, and writes their values.</summary>
internal static class LogicalTypes
{
    private const long Second = 1;
    private const long Milli = 1000 * Second;
    private const long Micro = 1000 * Milli;
    private const long Nano = 1000 * Micro;

    // Debezium's Timestamp types come from columns without a time zone (its documentation of temporal types); Connect's are points in time.
    private static readonly Dictionary<string, LogicalType> ByName = new()
    {
        ["decimal"] = LogicalType.Decimal,
        ["uuid"] = LogicalType.Uuid,
        ["duration"] = LogicalType.Duration,
        ["date"] = LogicalType.Date,
        ["time-millis"] = LogicalType.TimeMilliseconds,
        ["time-micros"] = LogicalType.TimeMicroseconds,
        ["timestamp-millis"] = LogicalType.TimestampMilliseconds,
        ["timestamp-micros"] = LogicalType.TimestampMicroseconds,
        ["timestamp-nanos"] = LogicalType.TimestampNanoseconds,
        ["local-timestamp-millis"] = LogicalType.LocalMilliseconds,
        ["local-timestamp-micros"] = LogicalType.LocalMicroseconds,
        ["local-timestamp-nanos"] = LogicalType.LocalNanoseconds,
        ["org.apache.kafka.connect.data.Decimal"] = LogicalType.Decimal,
        ["org.apache.kafka.connect.data.Date"] = LogicalType.Date,
        ["org.apache.kafka.connect.data.Time"] = LogicalType.TimeMilliseconds,
        ["org.apache.kafka.connect.data.Timestamp"] = LogicalType.TimestampMilliseconds,
        ["io.debezium.time.Date"] = LogicalType.Date,
        ["io.debezium.time.Time"] = LogicalType.TimeMilliseconds,
        ["io.debezium.time.MicroTime"] = LogicalType.TimeMicroseconds,
        ["io.debezium.time.NanoTime"] = LogicalType.TimeNanoseconds,
        ["io.debezium.time.Timestamp"] = LogicalType.LocalMilliseconds,
        ["io.debezium.time.MicroTimestamp"] = LogicalType.LocalMicroseconds,
        ["io.debezium.time.NanoTimestamp"] = LogicalType.LocalNanoseconds,
    };

    /// <summary>The type of a name; <see cref="LogicalType.None"/> for one that is not known, and for those that are texts or numbers to be taken as they are.</summary>
    public static LogicalType Find(string? name) => name is null ? LogicalType.None : ByName.GetValueOrDefault(name);

    /// <summary>Writes a whole number for what it stands for.</summary>
    public static void Write(JsonOutput output, LogicalType type, long value)
    {
        switch (type)
        {
            case LogicalType.Date:
                IsoText.Date(output, value);
                break;
            case LogicalType.TimeMilliseconds:
                IsoText.Time(output, value, Milli);
                break;
            case LogicalType.TimeMicroseconds:
                IsoText.Time(output, value, Micro);
                break;
            case LogicalType.TimeNanoseconds:
                IsoText.Time(output, value, Nano);
                break;
            case LogicalType.TimestampMilliseconds or LogicalType.LocalMilliseconds:
                IsoText.Timestamp(output, value, Milli, type == LogicalType.TimestampMilliseconds);
                break;
            case LogicalType.TimestampMicroseconds or LogicalType.LocalMicroseconds:
                IsoText.Timestamp(output, value, Micro, type == LogicalType.TimestampMicroseconds);
                break;
            case LogicalType.TimestampNanoseconds or LogicalType.LocalNanoseconds:
                IsoText.Timestamp(output, value, Nano, type == LogicalType.TimestampNanoseconds);
                break;
            default:
                output.Integer(value);
                break;
        }
    }
}
