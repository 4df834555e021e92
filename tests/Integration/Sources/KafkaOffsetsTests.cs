using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Sources.Kafka.Native;
using ClickSink.Servers.Kafka;
using ClickSink.Tests.Shared;
using Confluent.Kafka;
using Xunit;

namespace ClickSink.Tests.Integration.Sources;

/// <summary>Questions about offsets, to the real broker and to librdkafka's own, which speaks the protocol of a newer one.</summary>
public sealed class KafkaOffsetsTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly SharedServers _servers;

    public KafkaOffsetsTests(SharedServers servers) => _servers = servers;

    [Fact]
    public async Task QueryBounds_RealBroker_TellsEachPartition()
    {
        var kafka = await _servers.KafkaAsync();
        var topic = await kafka.CreateTopicAsync(partitions: 3, cancellationToken: TestContext.Current.CancellationToken);
        var source = new KafkaSourceOptions { Brokers = kafka.BootstrapServers, Topic = topic, Properties = KafkaServer.ClientSettings };
        EventProducer.Send(source, 3, new EngagementEvents(1, DateTime.UnixEpoch), 0, 300, null, TestContext.Current.CancellationToken);

        var bounds = KafkaOffsets.QueryBounds(source, Timeout);

        Assert.Equal([0, 1, 2], bounds.Keys);
        Assert.All(bounds.Values, b => Assert.Equal((0L, 100L), b));
    }

    [Fact]
    public async Task QueryBounds_NoSuchTopic_SaysSo()
    {
        var kafka = await _servers.KafkaAsync();
        var source = new KafkaSourceOptions { Brokers = kafka.BootstrapServers, Topic = "no-such-topic-here", Properties = KafkaServer.ClientSettings };
        Assert.Contains("no-such-topic-here", Assert.Throws<SourceUnavailableException>(() => KafkaOffsets.QueryBounds(source, Timeout)).Message);
    }

    [Fact]
    public async Task AtTime_NewerProtocol_IsTheEndWhereNothingIsAsYoung()
    {
        // Sets where the library is found, before Confluent.Kafka looks for it.
        LibRdKafka.EnsureLoaded();
        using var producer = new ProducerBuilder<Null, string>(new Dictionary<string, string> { ["test.mock.num.brokers"] = "1" }).SetLogHandler((_, _) => { }).Build();
        for (var i = 0; i < 8; i++) await producer.ProduceAsync(new TopicPartition("t", i % 2), new Message<Null, string> { Value = "{}" }, TestContext.Current.CancellationToken);
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        var broker = admin.GetMetadata("t", Timeout).Brokers[0];
        var source = new KafkaSourceOptions { Brokers = $"{broker.Host}:{broker.Port}", Topic = "t" };

        var places = KafkaOffsets.AtTime(source, DateTimeOffset.UtcNow.AddHours(1), Timeout);

        Assert.Equal([4, 4, 0, 0], places.OrderBy(p => p.Key).Select(p => p.Value));
    }
}
