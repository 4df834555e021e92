using System.Globalization;
using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;

namespace ClickSink.Tests.Shared.Chaos;

/// <summary>
/// One pipeline under load, with its topic and its table. What is stored is judged by partition and offset, not by what was sent: a broker of Kafka 0.9 that
/// restarts can take an event twice, and then both have to be in the table.
/// </summary>
public sealed class ChaosPipeline
{
    private static readonly string[] Optional = ["subtitles", "autoplay", "completion"];
    private readonly KafkaServer _kafka;
    private readonly EmbeddedClickHouseServer _clickHouse;
    private readonly int _partitions;

    /// <summary>Describes a pipeline; <see cref="CreateAsync"/> makes its topic and table.</summary>
    public ChaosPipeline(string id, KafkaServer kafka, EmbeddedClickHouseServer clickHouse, int partitions)
    {
        Id = id;
        _kafka = kafka;
        _clickHouse = clickHouse;
        _partitions = partitions;
    }

    /// <summary>The pipeline, and its topic.</summary>
    public string Id { get; }

    /// <summary>How many replicas it shall have.</summary>
    public int Replicas { get; set; } = 2;

    /// <summary>How many of the columns that may come and go its mapping has.</summary>
    public int OptionalColumns { get; set; } = 2;

    private string Table => Id.Replace('-', '_');

    /// <summary>Makes the topic and the table.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        await _kafka.CreateTopicAsync(Id, _partitions, cancellation);
        await _clickHouse.Http.QueryAsync(
            $"CREATE TABLE {Table} (event_id UUID, seq UInt64, subtitles UInt8, autoplay UInt8, completion Decimal(4, 3), kafka_partition Int32, kafka_offset Int64) "
            + "ENGINE = MergeTree ORDER BY (kafka_partition, kafka_offset) SETTINGS non_replicated_deduplication_window = 1000",
            cancellationToken: cancellation);
    }

    /// <summary>Puts its document in place, as it is described now.</summary>
    public Task ApplyAsync(SiloPool silos, CancellationToken cancellation) => silos.AskAsync(HttpMethod.Put, $"api/pipelines/{Id}", Document(), cancellation);

    /// <summary>The highest offset that each partition has in the table; -1 for none. Null while ClickHouse does not answer.</summary>
    public async Task<long[]?> HighestAsync(CancellationToken cancellation)
    {
        try
        {
            var text = await _clickHouse.Http.QueryAsync($"SELECT kafka_partition, max(kafka_offset) FROM {Table} GROUP BY kafka_partition FORMAT TabSeparated", cancellationToken: cancellation);
            var result = Enumerable.Repeat(-1L, _partitions).ToArray();
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')))
                result[int.Parse(line[0], CultureInfo.InvariantCulture)] = long.Parse(line[1], CultureInfo.InvariantCulture);
            return result;
        }
        catch (Exception e) when (e is HttpRequestException or ServerException)
        {
            return null;
        }
    }

    /// <summary>Messages in the topic, rows in the table, and different places among them.</summary>
    public async Task<(long Produced, long Stored, long Unique)> CountAsync(CancellationToken cancellation)
    {
        var text = await _clickHouse.Http.QueryAsync($"SELECT count(), uniqExact(kafka_partition, kafka_offset) FROM {Table} FORMAT TabSeparated", cancellationToken: cancellation);
        var fields = text.Split('\t').Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return (TopicEnd.Of(_kafka, Id, _partitions).Sum(), fields[0], fields[1]);
    }

    private string Document() => $$"""
        id: {{Id}}
        replicas: {{Replicas}}
        source:
          kafka: { brokers: "{{_kafka.BootstrapServers}}", topic: {{Id}}, properties: { api.version.request: "false", broker.version.fallback: 0.9.0.1 } }
        mapping:
          columns:
            - { name: event_id, type: UUID, missing: reject }
            - { name: seq, type: UInt64, missing: reject }
            - { name: kafka_partition, type: Int32, path: $kafka.partition }
            - { name: kafka_offset, type: Int64, path: $kafka.offset }
        {{string.Join("\n", Optional.Take(OptionalColumns).Select(c => $"    - {{ name: {c}, type: {(c == "completion" ? "\"Decimal(4, 3)\"" : "UInt8")} }}"))}}
        sinks:
          - clickhouse: { url: "{{_clickHouse.Http.Endpoint.GetLeftPart(UriPartial.Authority)}}", table: {{Table}} }
        delivery: { maxWait: 200ms, memory: 64MiB, retryInitial: 50ms, retryMax: 1s }
        """;
}
