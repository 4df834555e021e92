using System.Text;
using System.Text.Json;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Sources.Kafka.Native;
using ClickSink.Engine.Sources.Kafka.Sampling;
using ClickSink.Servers.Kafka;
using ClickSink.Tests.Shared;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClickSink.Tests.Integration.Sources;

/// <summary>Samples of the real broker (0.9) and of librdkafka's own, which speaks the protocol of a newer one.</summary>
public sealed class KafkaSamplerTests
{
    private const int Partitions = 3;
    private const int PerPartition = 400;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private readonly SharedServers _servers;

    public KafkaSamplerTests(SharedServers servers) => _servers = servers;

    [Theory]
    [InlineData(SampleFrom.Earliest)]
    [InlineData(SampleFrom.Latest)]
    [InlineData(SampleFrom.Spread)]
    public async Task Take_RealBroker_HasTheMessagesThatWereAskedFor(SampleFrom from)
    {
        var source = await TopicAsync();

        var sample = Take(source, new SampleOptions { Count = 31, From = from, Timeout = Timeout });

        Assert.Null(sample.Note);
        Assert.Equal(31, sample.Messages.Count);
        Assert.Equal(31, sample.Messages.Select(m => (m.Partition, m.Offset)).Distinct().Count());
        Assert.All(sample.Partitions, p => Assert.Equal((0L, (long)PerPartition), (p.First, p.End)));
        // Event n lies in partition n mod 3: the value is that of the offset.
        Assert.All(
            sample.Messages,
            m => Assert.Equal((m.Offset * Partitions) + m.Partition, JsonDocument.Parse(m.Value!).RootElement.GetProperty("seq").GetInt64()));
        foreach (var partition in sample.Messages.GroupBy(m => m.Partition))
        {
            Assert.InRange(partition.Count(), 10, 11);
            if (from is not SampleFrom.Latest) Assert.Equal(0, partition.First().Offset);
            if (from is not SampleFrom.Earliest) Assert.Equal(PerPartition - 1, partition.Last().Offset);
        }
    }

    [Fact]
    public async Task Take_MoreThanThereAre_IsAllOfThem()
    {
        var sample = Take(await TopicAsync(), new SampleOptions { Count = SampleOptions.MaxCount, Timeout = Timeout });
        Assert.Equal((Partitions * PerPartition, (string?)null), (sample.Messages.Count, sample.Note));
    }

    [Fact]
    public async Task Take_EmptyTopic_IsEmptyAtOnce()
    {
        var kafka = await _servers.KafkaAsync();
        var topic = await kafka.CreateTopicAsync(partitions: 2, cancellationToken: TestContext.Current.CancellationToken);
        var sample = Take(Source(kafka, topic), new SampleOptions { Timeout = Timeout });
        Assert.Equal((0, 2, (string?)null), (sample.Messages.Count, sample.Partitions.Count, sample.Note));
    }

    [Fact]
    public async Task Take_SizeIsReached_SaysSo()
    {
        var sample = Take(
            await TopicAsync(), new SampleOptions { Count = 1000, MaxBytes = new Engine.Pipelines.ByteSize(8192), Timeout = Timeout });
        Assert.InRange(sample.Messages.Count, 10, 100);
        Assert.Contains("8KiB", sample.Note);
    }

    [Fact]
    public async Task Take_NoSuchTopic_SaysSo()
    {
        var kafka = await _servers.KafkaAsync();
        Assert.Contains(
            "no-such-topic-here",
            Assert.Throws<SourceUnavailableException>(() => Take(Source(kafka, "no-such-topic-here"), new SampleOptions())).Message);
    }

    [Fact]
    public async Task Take_NewerProtocol_HasKeysTombstonesAndTimes()
    {
        LibRdKafka.EnsureLoaded();
        using var producer = new ProducerBuilder<string, string?>(new Dictionary<string, string> { ["test.mock.num.brokers"] = "1" })
            .SetValueSerializer(new NullableText()).SetLogHandler((_, _) => { }).Build();
        foreach (var value in new[] { "{\"a\":1}", null })
            await producer.ProduceAsync(
                new TopicPartition("t", 1), new Message<string, string?> { Key = "k", Value = value },
                TestContext.Current.CancellationToken);
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        var broker = admin.GetMetadata("t", Timeout).Brokers[0];

        var sample = Take(
            new KafkaSourceOptions { Brokers = $"{broker.Host}:{broker.Port}", Topic = "t" }, new SampleOptions { Timeout = Timeout });

        Assert.Equal([(0L, "k", "{\"a\":1}"), (1L, "k", null)], sample.Messages.Select(m => (m.Offset, Text(m.Key)!, Text(m.Value))));
        Assert.All(sample.Messages, m => Assert.True(m.TimestampMilliseconds > 0));
    }

    [Fact]
    public async Task List_RealBroker_TellsTopicsWithWhatIsInThem()
    {
        var source = await TopicAsync();
        var topics = Engine.Sources.Kafka.Sampling.KafkaTopics.List(source with { Topic = "" }, Timeout);
        Assert.Contains(new TopicSummary(source.Topic, Partitions, Partitions * PerPartition), topics);
        Assert.Equal(topics.OrderBy(t => t.Name, StringComparer.Ordinal), topics);
    }

    private static SampleResult Take(KafkaSourceOptions source, SampleOptions options) =>
        KafkaSampler.Take(source, options, NullLogger.Instance, TestContext.Current.CancellationToken);

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private static KafkaSourceOptions Source(KafkaServer kafka, string topic) =>
        new() { Brokers = kafka.BootstrapServers, Topic = topic, Properties = KafkaServer.ClientSettings };

    private async Task<KafkaSourceOptions> TopicAsync()
    {
        var kafka = await _servers.KafkaAsync();
        var source = Source(
            kafka, await kafka.CreateTopicAsync(partitions: Partitions, cancellationToken: TestContext.Current.CancellationToken));
        EventProducer.Send(
            source, Partitions, new EngagementEvents(1, DateTime.UnixEpoch), 0, Partitions * PerPartition, null,
            TestContext.Current.CancellationToken);
        return source;
    }

    private sealed class NullableText : ISerializer<string?>
    {
        public byte[] Serialize(string? data, SerializationContext context) => data is null ? null! : Encoding.UTF8.GetBytes(data);
    }
}
