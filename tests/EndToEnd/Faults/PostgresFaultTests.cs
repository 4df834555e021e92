using System.Net;
using ClickSink.Servers.Postgres;
using ClickSink.Tests.EndToEnd.Stage;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Faults;

/// <summary>PostgreSQL is away: nothing is written without a ledger, the silo says that it is not ready, and goes on by itself.</summary>
public sealed class PostgresFaultTests
{
    private readonly Cluster _cluster;

    public PostgresFaultTests(Cluster cluster) => _cluster = cluster;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StopAndKill_UnderLoad_IsToldAndOvercome()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var postgres = await scratch.StartAsync("postgres", folder => new PostgresServer(folder));
        var silo = await Cluster.StartSiloAsync(scratch, await postgres.CreateDatabaseAsync(cancellationToken: Cancellation));
        var pipeline = await _cluster.NewPipelineAsync(silo: silo);
        await pipeline.ApplyAsync(d => d with { MaxRows = 500 });
        Assert.Equal(HttpStatusCode.OK, (await pipeline.Api.SendAsync(HttpMethod.Get, "health/ready", token: null)).Status);
        Func<Task>[] faults = [postgres.StopAsync, postgres.KillAsync];
        foreach (var fault in faults)
        {
            var before = (await pipeline.CountAsync()).Stored;
            var sending = pipeline.SendAsync(20_000);
            await pipeline.WaitForRowsAsync(before + 1000);
            await fault();
            await pipeline.WaitForPhaseAsync("retrying", "PostgreSQL");
            await AssertNotReadyAsync(pipeline);
            Assert.Equal(HttpStatusCode.OK, (await pipeline.Api.SendAsync(HttpMethod.Get, "health/live", token: null)).Status);
            await sending;
            await postgres.StartAsync(Cancellation);
        }

        await pipeline.AssertStoredOnceAsync();
        await Until.TrueAsync(
            async () => (await pipeline.Api.SendAsync(HttpMethod.Get, "health/ready", token: null)).Status is HttpStatusCode.OK,
            () => Task.FromResult("the silo is not ready again"),
            TimeSpan.FromSeconds(30));
    }

    private static Task AssertNotReadyAsync(PipelineUnderTest pipeline) => Until.TrueAsync(
        async () => (await pipeline.Api.SendAsync(HttpMethod.Get, "health/ready", token: null)).Status is HttpStatusCode.ServiceUnavailable,
        () => Task.FromResult("the silo calls itself ready without PostgreSQL"),
        TimeSpan.FromSeconds(30));
}
