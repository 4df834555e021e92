namespace ClickSink.Servers.Kafka;

/// <summary>What the broker says about itself and its topics: Kafka's Metadata request, version 0, which brokers since 0.8 answer.</summary>
internal sealed record KafkaMetadata(int Brokers, IReadOnlyDictionary<string, IReadOnlyList<int>> LeadersByTopic)
{
    private const short MetadataRequest = 3;
    private const int NoLeader = -1;

    public static async Task<KafkaMetadata> ReadAsync(int port, CancellationToken cancellationToken)
    {
        using var connection = await FramedConnection.OpenAsync(port, cancellationToken);
        var request = new BigEndianWriter().Int16(MetadataRequest).Int16(0).Int32(1).ShortString("clicksink-servers").Int32(0);
        return Read(await connection.ExchangeAsync(request.ToFrame(), cancellationToken));
    }

    /// <summary>True when the topic has so many partitions or more, and each of them has a leader that takes messages.</summary>
    public bool IsReady(string topic, int partitions) =>
        LeadersByTopic.TryGetValue(topic, out var leaders) && leaders.Count >= partitions && !leaders.Contains(NoLeader);

    /// <summary>The topics that have a partition without a leader.</summary>
    public IEnumerable<string> WithoutLeader => LeadersByTopic.Where(topic => topic.Value.Contains(NoLeader)).Select(topic => topic.Key);

    private static KafkaMetadata Read(ReadOnlySpan<byte> answer)
    {
        var reader = new BigEndianReader(answer);
        reader.Int32();
        var brokers = reader.Int32();
        for (var broker = 0; broker < brokers; broker++)
        {
            reader.Int32();
            reader.ShortString();
            reader.Int32();
        }

        var topics = new Dictionary<string, IReadOnlyList<int>>();
        for (var topic = reader.Int32(); topic > 0; topic--)
        {
            reader.Int16();
            var name = reader.ShortString();
            var leaders = new int[reader.Int32()];
            for (var partition = 0; partition < leaders.Length; partition++)
            {
                reader.Int16();
                reader.Int32();
                leaders[partition] = reader.Int32();
                SkipNumbers(ref reader);
                SkipNumbers(ref reader);
            }

            topics[name] = leaders;
        }

        return new(brokers, topics);
    }

    // The replicas, and those in sync.
    private static void SkipNumbers(ref BigEndianReader reader)
    {
        for (var count = reader.Int32(); count > 0; count--)
            reader.Int32();
    }
}
