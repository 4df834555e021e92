namespace ClickSink.Engine.Sources.Kafka.Sampling;

/// <summary>A topic of a cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">How many partitions it has.</param>
/// <param name="Messages">Messages at most that Kafka has of it; null when they were not counted.</param>
public sealed record TopicSummary(string Name, int Partitions, long? Messages);
