using ClickSink.Servers.Kafka;
using ClickSink.Tests.EndToEnd.Stage;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Faults;

/// <summary>Kafka is away: the status says so; afterwards everything is there once.</summary>
[Trait("Speed", "Slow")]
public sealed class KafkaFaultTests
{
    private readonly Cluster _cluster;

    public KafkaFaultTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task StopAndKill_UnderLoad_IsToldAndOvercome()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var kafka = await scratch.StartAsync("kafka", folder => new KafkaServer(folder));
        var pipeline = await _cluster.NewPipelineAsync(kafka: kafka);
        await pipeline.SendAsync(30_000);
        await pipeline.ApplyAsync(d => d with { MaxRows = 500 });
        await pipeline.WaitForRowsAsync(1000);
        await kafka.StopAsync();
        await pipeline.WaitForPhaseAsync("retrying", kafka.BootstrapServers);
        await kafka.StartAsync(TestContext.Current.CancellationToken);
        await pipeline.WaitForPhaseAsync("running");
        await pipeline.SendAsync(10_000);
        await kafka.KillAsync();
        await pipeline.WaitForPhaseAsync("retrying", kafka.BootstrapServers);
        await kafka.StartAsync(TestContext.Current.CancellationToken);

        await pipeline.AssertStoredOnceAsync();
        await pipeline.DeleteAsync();
    }

    [Fact]
    public async Task Stopped_BeforeThePipelineStarts_IsToldAndOvercome()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var kafka = await scratch.StartAsync("kafka", folder => new KafkaServer(folder));
        var pipeline = await _cluster.NewPipelineAsync(kafka: kafka);
        await pipeline.SendAsync(2000);
        await kafka.StopAsync();
        await pipeline.ApplyAsync();
        await pipeline.WaitForPhaseAsync("retrying", kafka.BootstrapServers, "does not answer", "source.kafka.brokers");
        await kafka.StartAsync(TestContext.Current.CancellationToken);

        await pipeline.AssertStoredOnceAsync();
        await pipeline.DeleteAsync();
    }

    [Fact]
    public async Task NoTopic_IsToldUntilItIsCreated()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2);
        var topic = $"later-{Guid.NewGuid():n}";
        await pipeline.ApplyAsync(d => d with { Topic = topic });
        await pipeline.WaitForPhaseAsync("retrying", topic, "create it");
        await pipeline.Kafka.CreateTopicAsync(topic, 2, TestContext.Current.CancellationToken);
        await pipeline.SendAsync(2000);

        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task Stopped_WhileTheSiloStartsAgain_IsToldAndOvercome()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var kafka = await scratch.StartAsync("kafka", folder => new KafkaServer(folder));
        var pipeline = await _cluster.NewPipelineAsync(silo: await _cluster.NewSiloAsync(), kafka: kafka);
        await pipeline.SendAsync(40_000);
        await pipeline.ApplyAsync(d => d with { MaxRows = 200 });
        await pipeline.WaitForRowsAsync(1000);
        await pipeline.Silo.KillAsync();
        await kafka.KillAsync();
        await pipeline.StartSiloAsync();
        await pipeline.WaitForPhaseAsync("retrying", kafka.BootstrapServers);
        await kafka.StartAsync(TestContext.Current.CancellationToken);

        await pipeline.AssertStoredOnceAsync();
    }
}
