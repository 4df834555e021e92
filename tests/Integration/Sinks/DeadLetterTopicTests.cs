using System.Text;
using System.Text.Json.Nodes;
using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Servers.Kafka;
using ClickSink.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClickSink.Tests.Integration.Sinks;

/// <summary>Dead letters that go to a Kafka topic.</summary>
public sealed class DeadLetterTopicTests
{
    private readonly SharedServers _servers;

    public DeadLetterTopicTests(SharedServers servers) => _servers = servers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_Letters_AreInTheTopicWithTheirKeys()
    {
        var target = await TopicAsync();
        await using var topic = new DeadLetterTopic("p", "source", target, TimeProvider.System);
        using var block = Block(Letter(1, [9], "first"u8.ToArray()), Letter(2, [], "second"u8.ToArray()));

        Assert.Equal(SinkOutcome.Done, await topic.WriteAsync(block, Token));

        var found = Read(target, 2).OrderBy(m => (int)m.Json["offset"]!).ToList();
        Assert.Equal(
            ["09:first:5", ":second:6"],
            found.Select(m => $"{Convert.ToHexString(m.Key)}:{Encoding.UTF8.GetString(m.Json["payload"]!.GetValue<string>() is { } p ? Convert.FromBase64String(p) : [])}:{m.Json["payloadBytes"]}"));
        Assert.Equal("source", (string?)found[0].Json["topic"]);
    }

    [Fact]
    public async Task Write_LargerThanTheBrokerTakes_IsCutAndSaysSo()
    {
        var target = await TopicAsync();
        await using var topic = new DeadLetterTopic("p", "source", target, TimeProvider.System);
        using var block = Block(Letter(1, [], new byte[3_000_000]));

        Assert.Equal(SinkOutcome.Done, await topic.WriteAsync(block, Token));

        var json = Read(target, 1).Single().Json;
        Assert.Equal(3_000_000, (long)json["payloadBytes"]!);
        Assert.InRange(Convert.FromBase64String((string)json["payload"]!).Length, 1, 1_000_000);
    }

    [Fact]
    public async Task Write_NoBroker_IsTriedAgain()
    {
        var nowhere = new KafkaSourceOptions { Brokers = "127.0.0.1:1", Topic = "t", Properties = KafkaServer.ClientSettings };
        await using var topic = new DeadLetterTopic("p", "source", nowhere, TimeProvider.System, TimeSpan.FromMilliseconds(500));
        using var block = Block(Letter(1, [], [1]));

        var outcome = await topic.WriteAsync(block, Token);

        Assert.Equal(SinkOutcomeKind.Retry, outcome.Kind);
        Assert.Contains("127.0.0.1:1", outcome.Error);
    }

    private static DeadLetter Letter(long offset, byte[] key, byte[] payload) => new(0, offset, 0, "because", "c", "p", "v", key, payload);

    private static SealedBlock Block(params DeadLetter[] letters)
    {
        var intent = new Intent(new BlockRange(0, letters[0].Offset, letters[^1].Offset), 1, 3);
        return new SealedBlock(intent, "token", [], letters, letters.Length, isRecovered: false, () => { });
    }

    private static List<(byte[] Key, JsonNode Json)> Read(KafkaSourceOptions target, int count)
    {
        using var source = new KafkaConsumer(
            target, $"g-{Guid.NewGuid():n}", 16 << 20, readTimestamps: false, readHeaders: false, NullLogger.Instance);
        source.Assign([new PartitionOffset(0, 0)]);
        var found = new List<(byte[], JsonNode)>();
        while (found.Count < count)
        {
            Token.ThrowIfCancellationRequested();
            var polled = source.Poll(TimeSpan.FromMilliseconds(200));
            for (var i = 0; i < polled; i++)
            {
                if (source.Read(i, out var message, out _) is SourceEntryKind.Message)
                    found.Add((message.Key.ToArray(), JsonNode.Parse(Encoding.UTF8.GetString(message.Value))!));
            }
        }

        return found;
    }

    private async Task<KafkaSourceOptions> TopicAsync()
    {
        var kafka = await _servers.KafkaAsync();
        var topic = await kafka.CreateTopicAsync(partitions: 1, cancellationToken: Token);
        return new KafkaSourceOptions { Brokers = kafka.BootstrapServers, Topic = topic, Properties = KafkaServer.ClientSettings };
    }
}
