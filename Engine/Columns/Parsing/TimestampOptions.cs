namespace ClickSink.Engine.Columns.Parsing;

/// <summary>How a column reads timestamps.</summary>
/// <param name="Format">The format; null to recognize it.</param>
/// <param name="Zone">The IANA zone of texts without an offset; null for the type's own.</param>
public readonly record struct TimestampOptions(TimestampFormat? Format, string? Zone);
