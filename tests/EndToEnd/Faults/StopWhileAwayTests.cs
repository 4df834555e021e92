using System.Diagnostics;
using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Servers.Postgres;
using ClickSink.Tests.EndToEnd.Stage;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Faults;

/// <summary>A silo is stopped while a server that it needs is away: it ends in time, and nothing is lost.</summary>
[Trait("Speed", "Slow")]
public sealed class StopWhileAwayTests
{
    // ClickSink:ShutdownTimeout, 30 s by default, and what the end of the process takes. Only a frozen PostgreSQL needs it all.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(35);
    private readonly Cluster _cluster;

    public StopWhileAwayTests(Cluster cluster) => _cluster = cluster;

    [Theory]
    [InlineData("clickhouse")]
    [InlineData("kafka")]
    [InlineData("postgres")]
    public async Task Stop_WhileAServerIsFrozen_EndsInTimeAndLosesNothing(string frozen)
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var postgres = frozen == "postgres" ? await scratch.StartAsync(frozen, folder => new PostgresServer(folder)) : await _cluster.PostgresAsync();
        var kafka = frozen == "kafka" ? await scratch.StartAsync(frozen, folder => new KafkaServer(folder)) : await _cluster.KafkaAsync();
        var clickHouse = frozen == "clickhouse" ? await scratch.StartAsync(frozen, folder => new EmbeddedClickHouseServer(folder)) : await _cluster.ClickHouseAsync();
        var silo = await Cluster.StartSiloAsync(scratch, await postgres.CreateDatabaseAsync(cancellationToken: TestContext.Current.CancellationToken));
        var pipeline = await _cluster.NewPipelineAsync(silo: silo, kafka: kafka, clickHouse: clickHouse);
        await pipeline.ApplyAsync(d => d with { MaxRows = 500, DrainTimeout = "3s" });
        await pipeline.SendAsync(20_000);
        await pipeline.WaitForRowsAsync(1000);
        Server server = frozen switch { "postgres" => postgres, "kafka" => kafka, _ => clickHouse };
        server.Freeze();

        var started = Stopwatch.GetTimestamp();
        await silo.StopAsync();
        var took = Stopwatch.GetElapsedTime(started);
        server.Thaw();
        await pipeline.StartSiloAsync();

        await pipeline.AssertStoredOnceAsync();
        Assert.True(took < Bound, $"the stop took {took.TotalSeconds:0.0} s");
    }
}
