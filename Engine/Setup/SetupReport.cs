namespace ClickSink.Engine.Setup;

/// <summary>A document, checked against the servers that it names.</summary>
/// <param name="Ok">Whether a pipeline of it can run.</param>
/// <param name="Kafka">What Kafka answered.</param>
/// <param name="Clickhouse">What ClickHouse answered.</param>
/// <param name="Tables">How each table fits; empty when ClickHouse did not answer.</param>
/// <param name="Messages">What becomes of the newest messages; null when there was none to look at.</param>
public sealed record SetupReport(
    bool Ok, KafkaReport Kafka, ClickHouseReport Clickhouse, IReadOnlyList<TableReport> Tables, MessageReport? Messages);
