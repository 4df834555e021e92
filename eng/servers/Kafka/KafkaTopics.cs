using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClickSink.Servers.Kafka;

/// <summary>
/// Topics of a Kafka 0.9 broker, changed where that version keeps them: in ZooKeeper, whose nodes its controller watches. A topic
/// is there in milliseconds; Kafka's own command takes seconds, for the start of Java.
/// </summary>
public sealed partial class KafkaTopics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly int _port;
    private readonly int _zooKeeperPort;

    /// <summary>Names the broker, which need not run yet.</summary>
    /// <param name="port">The broker's port on 127.0.0.1.</param>
    /// <param name="zooKeeperPort">ZooKeeper's port on 127.0.0.1.</param>
    public KafkaTopics(int port, int zooKeeperPort)
    {
        _port = port;
        _zooKeeperPort = zooKeeperPort;
    }

    /// <summary>Creates a topic, and returns when each partition has a leader.</summary>
    /// <exception cref="ServerException">It exists already, or the name cannot be used.</exception>
    public async Task CreateAsync(string name, int partitions, CancellationToken cancellationToken)
    {
        if (!LegalName().IsMatch(name) || name is "." or "..")
            throw new ServerException($"\"{name}\" cannot be the name of a topic: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-' can.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        await using (var session = await ZooKeeperClient.OpenAsync(_zooKeeperPort, cancellationToken))
        {
            // The configuration first: the controller reads it when it sees the topic.
            await session.CreateAsync($"/config/topics/{name}", """{"version":1,"config":{}}"""u8.ToArray(), cancellationToken);
            if (!await session.CreateAsync(TopicNode(name), Assignment(partitions), cancellationToken))
                throw new ServerException($"Topic {name} exists already.");
        }

        await WaitReadyAsync(name, partitions, cancellationToken);
    }

    /// <summary>Raises the number of partitions of a topic, and returns when the new ones have a leader.</summary>
    public async Task SetPartitionsAsync(string topic, int partitions, CancellationToken cancellationToken)
    {
        await using (var session = await ZooKeeperClient.OpenAsync(_zooKeeperPort, cancellationToken))
        {
            var current = await session.GetAsync(TopicNode(topic), cancellationToken) ?? throw new ServerException($"There is no topic {topic}.");
            var count = JsonNode.Parse(current)!["partitions"]!.AsObject().Count;
            if (partitions <= count)
                throw new ServerException($"Topic {topic} has {count} partitions; Kafka can only raise the number, so {partitions} is refused.");
            await session.SetAsync(TopicNode(topic), Assignment(partitions), cancellationToken);
        }

        await WaitReadyAsync(topic, partitions, cancellationToken);
    }

    /// <summary>Deletes a topic, if it is there, and returns when it is gone.</summary>
    public async Task DeleteAsync(string topic, CancellationToken cancellationToken)
    {
        await using var session = await ZooKeeperClient.OpenAsync(_zooKeeperPort, cancellationToken);
        if (!await session.ExistsAsync(TopicNode(topic), cancellationToken))
            return;
        await session.CreateAsync($"/admin/delete_topics/{topic}", ReadOnlyMemory<byte>.Empty, cancellationToken);
        await WaitAsync(
            async () => !await session.ExistsAsync(TopicNode(topic), cancellationToken)
                && !(await KafkaMetadata.ReadAsync(_port, cancellationToken)).LeadersByTopic.ContainsKey(topic),
            $"Topic {topic} was not deleted",
            cancellationToken);
    }

    /// <summary>
    /// Removes what a killed broker left of its session. It would refuse to start while the old session lives, and the caller knows that
    /// the process is gone.
    /// </summary>
    internal async Task ForgetBrokerAsync(CancellationToken cancellationToken)
    {
        await using var session = await ZooKeeperClient.OpenAsync(_zooKeeperPort, cancellationToken);
        await session.DeleteAsync($"/brokers/ids/{KafkaServer.BrokerId}", cancellationToken);
        await session.DeleteAsync("/controller", cancellationToken);
    }

    private Task WaitReadyAsync(string topic, int partitions, CancellationToken cancellationToken) => WaitAsync(
        async () => (await KafkaMetadata.ReadAsync(_port, cancellationToken)).IsReady(topic, partitions),
        $"Topic {topic} has no leader for each of its {partitions} partitions",
        cancellationToken);

    private async Task WaitAsync(Func<Task<bool>> condition, string otherwise, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                throw new ServerException($"{otherwise} after {Patience.TotalSeconds:0} s; the log of the broker on port {_port} says more.");
            await Task.Delay(10, cancellationToken);
        }
    }

    private static string TopicNode(string topic) => $"/brokers/topics/{topic}";

    private static byte[] Assignment(int partitions) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = 1,
        partitions = Enumerable.Range(0, partitions).ToDictionary(partition => $"{partition}", _ => (int[])[KafkaServer.BrokerId]),
    });

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,249}$")]
    private static partial Regex LegalName();
}
