namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>A table in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Engine">Its engine.</param>
/// <param name="Rows">Rows that it has; null where the server does not know.</param>
/// <param name="Bytes">Bytes on disk; null where the server does not know.</param>
public sealed record TableSummary(string Name, string Engine, long? Rows, long? Bytes);
