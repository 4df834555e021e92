namespace ClickSink.Engine.Formats.Transcoding;

/// <summary>What a plain value of Avro, Kafka Connect or Debezium stands for.</summary>
internal enum LogicalType
{
    None = 0,

    /// <summary>Bytes: an integer in two's complement, and a scale that the schema has.</summary>
    Decimal,

    /// <summary>16 bytes of a UUID.</summary>
    Uuid,

    /// <summary>12 bytes: months, days and milliseconds.</summary>
    Duration,

    /// <summary>Days from 1970.</summary>
    Date,

    TimeMilliseconds,
    TimeMicroseconds,
    TimeNanoseconds,
    TimestampMilliseconds,
    TimestampMicroseconds,
    TimestampNanoseconds,

    /// <summary>What a clock showed, in milliseconds from 1970; which time zone it was in is not told.</summary>
    LocalMilliseconds,
    LocalMicroseconds,
    LocalNanoseconds,
}
