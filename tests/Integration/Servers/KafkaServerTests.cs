using ClickSink.Servers;
using ClickSink.Servers.Kafka;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Servers;

public sealed class KafkaServerTests
{
    private readonly SharedServers _shared;

    public KafkaServerTests(SharedServers shared) => _shared = shared;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_AfterAKill_HasItsMessages()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var server = await scratch.StartAsync("kafka", folder => new KafkaServer(folder));
        var topic = await server.CreateTopicAsync(partitions: 4, cancellationToken: Cancellation);
        await ProduceAsync(server, topic, "one\ntwo\nthree\n");
        await server.KillAsync();
        // The dead broker's session is still open in ZooKeeper; the start must not wait for its end, nor fail.
        await server.StartAsync(Cancellation);

        await ProduceAsync(server, topic, "four\n");
        Assert.Equal(["four", "one", "three", "two"], (await ConsumeAsync(server, topic)).Order());
    }

    [Fact]
    public async Task Start_AfterAStop_HasItsTopics()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var server = await scratch.StartAsync("kafka", folder => new KafkaServer(folder));
        await server.CreateTopicAsync("kept", 3, Cancellation);
        await server.RestartAsync(Cancellation);
        Assert.Equal(3, (await server.GetTopicsAsync(Cancellation))["kept"]);
    }

    [Fact]
    public async Task CreateTopic_WithPartitions_TakesMessagesAtOnce()
    {
        var server = await _shared.KafkaAsync();
        var topic = await server.CreateTopicAsync(partitions: 8, cancellationToken: Cancellation);
        await ProduceAsync(server, topic, "now\n");
        Assert.Equal(["now"], await ConsumeAsync(server, topic));
        Assert.Equal(8, (await server.GetTopicsAsync(Cancellation))[topic]);
    }

    [Fact]
    public async Task CreateTopic_Existing_IsRefused()
    {
        var server = await _shared.KafkaAsync();
        var topic = await server.CreateTopicAsync(cancellationToken: Cancellation);
        var fault = await Assert.ThrowsAsync<ServerException>(() => server.CreateTopicAsync(topic, cancellationToken: Cancellation));
        Assert.Contains(topic, fault.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("with space")]
    public async Task CreateTopic_IllegalName_IsRefused(string name)
    {
        var server = await _shared.KafkaAsync();
        await Assert.ThrowsAsync<ServerException>(() => server.CreateTopicAsync(name, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task SetPartitions_More_KeepsMessagesAndAddsPartitions()
    {
        var server = await _shared.KafkaAsync();
        var topic = await server.CreateTopicAsync(partitions: 1, cancellationToken: Cancellation);
        await ProduceAsync(server, topic, "before\n");
        await server.Topics.SetPartitionsAsync(topic, 3, Cancellation);
        Assert.Equal(3, (await server.GetTopicsAsync(Cancellation))[topic]);
        Assert.Equal(["before"], await ConsumeAsync(server, topic));
    }

    [Fact]
    public async Task SetPartitions_Fewer_IsRefused()
    {
        var server = await _shared.KafkaAsync();
        var topic = await server.CreateTopicAsync(partitions: 2, cancellationToken: Cancellation);
        var fault = await Assert.ThrowsAsync<ServerException>(() => server.Topics.SetPartitionsAsync(topic, 1, Cancellation));
        Assert.Contains("has 2 partitions", fault.Message);
    }

    [Fact]
    public async Task DeleteTopic_Existing_IsGoneAndCanBeCreatedAgain()
    {
        var server = await _shared.KafkaAsync();
        var topic = await server.CreateTopicAsync(partitions: 2, cancellationToken: Cancellation);
        await ProduceAsync(server, topic, "old\n");
        await server.Topics.DeleteAsync(topic, Cancellation);
        Assert.DoesNotContain(topic, (await server.GetTopicsAsync(Cancellation)).Keys);
        await server.CreateTopicAsync(topic, 2, Cancellation);
        Assert.Empty(await ConsumeAsync(server, topic));
    }

    private static Task ProduceAsync(KafkaServer server, string topic, string lines) =>
        Script.RunSuccessfullyAsync(lines, ["kcat", "-P", "-b", server.BootstrapServers, "-t", topic, .. Settings()]);

    private static async Task<string[]> ConsumeAsync(KafkaServer server, string topic) =>
        (await Script.RunSuccessfullyAsync(null, ["kcat", "-C", "-q", "-e", "-o", "beginning", "-b", server.BootstrapServers, "-t", topic, .. Settings()]))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Settings() => KafkaServer.ClientSettings.SelectMany(setting => (string[])["-X", $"{setting.Key}={setting.Value}"]);
}
