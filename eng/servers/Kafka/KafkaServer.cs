using ClickSink.Servers.Processes;

namespace ClickSink.Servers.Kafka;

/// <summary>
/// One Kafka 0.9 broker and the ZooKeeper that it needs. Faults (kill, freeze) act on the broker; ZooKeeper goes on, as in
/// production. Stopping stops both.
/// </summary>
public sealed class KafkaServer : Server
{
    internal const int BrokerId = 0;

    private readonly ServerProcess _zooKeeper;

    /// <summary>Creates the server; nothing is started.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="port">The broker's port. Default: a free one.</param>
    public KafkaServer(ServerFolder folder, int? port = null)
        : base(folder)
    {
        Port = folder.Port("kafka", port);
        ZooKeeperPort = folder.Port("zookeeper");
        Topics = new(Port, ZooKeeperPort);
        var files = new KafkaFiles(folder);
        _zooKeeper = new(new ServerProcessOptions
        {
            Name = "zookeeper",
            Folder = folder.Path,
            Program = files.Java,
            Arguments = files.PrepareZooKeeper(ZooKeeperPort),
            Probe = ProbeZooKeeperAsync,
        });
        Process = new(new ServerProcessOptions
        {
            Name = Name,
            Folder = folder.Path,
            Program = files.Java,
            Arguments = files.PrepareBroker(Port, ZooKeeperPort),
            Probe = ProbeBrokerAsync,
        });
    }

    /// <inheritdoc/>
    public override string Name => "kafka";

    /// <summary>The broker's port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>ZooKeeper's port on 127.0.0.1.</summary>
    public int ZooKeeperPort { get; }

    /// <summary>What clients name as <c>bootstrap.servers</c>.</summary>
    public string BootstrapServers => $"127.0.0.1:{Port}";

    /// <summary>Creates, widens and deletes topics.</summary>
    public KafkaTopics Topics { get; }

    /// <summary>
    /// What librdkafka must be told about this broker, as it cannot ask: Kafka 0.9 closes the connection on an ApiVersions request.
    /// </summary>
    public static IReadOnlyDictionary<string, string> ClientSettings { get; } = new Dictionary<string, string>
    {
        ["api.version.request"] = "false",
        ["broker.version.fallback"] = "0.9.0.1",
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["CLICKSINK_KAFKA"] = BootstrapServers,
        ["CLICKSINK_ZOOKEEPER_PORT"] = $"{ZooKeeperPort}",
    };

    /// <inheritdoc/>
    protected override ServerProcess Process { get; }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (!_zooKeeper.IsRunning)
            await _zooKeeper.StartAsync(cancellationToken);
        await Topics.ForgetBrokerAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync()
    {
        await base.StopAsync();
        await _zooKeeper.StopAsync();
    }

    /// <summary>Creates a topic, and returns when each partition has a leader.</summary>
    /// <param name="name">Its name. Default: a unique one, for one test.</param>
    /// <param name="partitions">How many partitions it has.</param>
    /// <param name="cancellationToken">Cancels the creation.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ServerException">It exists already, or the name cannot be used.</exception>
    public async Task<string> CreateTopicAsync(string? name = null, int partitions = 1, CancellationToken cancellationToken = default)
    {
        name ??= $"test-{Guid.NewGuid():n}";
        await Topics.CreateAsync(name, partitions, cancellationToken);
        return name;
    }

    /// <summary>The topics and their numbers of partitions.</summary>
    public async Task<IReadOnlyDictionary<string, int>> GetTopicsAsync(CancellationToken cancellationToken = default) =>
        (await KafkaMetadata.ReadAsync(Port, cancellationToken)).LeadersByTopic.ToDictionary(topic => topic.Key, topic => topic.Value.Count);

    private async Task ProbeZooKeeperAsync(CancellationToken cancellationToken)
    {
        await using var session = await ZooKeeperClient.OpenAsync(ZooKeeperPort, cancellationToken);
        await session.ExistsAsync("/", cancellationToken);
    }

    private async Task ProbeBrokerAsync(CancellationToken cancellationToken)
    {
        var metadata = await KafkaMetadata.ReadAsync(Port, cancellationToken);
        if (metadata.Brokers == 0)
            throw new ServerException("The broker answers, but is not registered yet.");
        // After a restart it answers before it leads the partitions that it had.
        if (metadata.WithoutLeader.FirstOrDefault() is { } topic)
            throw new ServerException($"The broker answers, but topic {topic} has no leader yet.");
    }
}
