using ClickSink.Engine.Sinks.ClickHouse.Tables;

namespace ClickSink.Engine.Setup;

/// <summary>How a table fits a mapping.</summary>
/// <param name="Ok">Whether inserts can succeed: no difference is an error.</param>
/// <param name="Message">What was found, or what is wrong and what to do.</param>
/// <param name="Table">The table; null when there is none.</param>
/// <param name="Differences">Every difference, the worst first.</param>
public sealed record TableReport(bool Ok, string Message, TableSchema? Table, IReadOnlyList<TableDifference> Differences);
