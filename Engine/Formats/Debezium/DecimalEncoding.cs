namespace ClickSink.Engine.Formats.Debezium;

/// <summary>How Debezium writes decimals into JSON: its <c>decimal.handling.mode</c>, and the <c>decimal.format</c> of Kafka Connect's converter.</summary>
public enum DecimalEncoding
{
    /// <summary>As numbers, or as texts of numbers.</summary>
    Text,

    /// <summary>As base64 of an integer, whose scale is that of the column.</summary>
    Base64,
}
