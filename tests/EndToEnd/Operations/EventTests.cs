using ClickSink.Tests.EndToEnd.Stage;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Operations;

/// <summary>What happened is told: who did what, when a trouble began and how long it took.</summary>
public sealed class EventTests
{
    private readonly Cluster _cluster;

    public EventTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Operator_DoesEverything_IsInTheAuditInOrder()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync();
        await pipeline.CatchUpAsync();
        await pipeline.RestAsync();
        await pipeline.SetStateAsync("started");
        await pipeline.CatchUpAsync();
        await pipeline.RestAsync("paused");
        await pipeline.ApplyAsync(d => d with { MaxRows = 100, Replicas = 2 });
        await pipeline.CatchUpAsync();
        await pipeline.DeleteAsync();
        await pipeline.WaitForEventAsync("deleted");

        var events = (await pipeline.EventsAsync()).AsEnumerable().Reverse().ToList();
        Assert.Equal(
            ["created", "assigned", "stopped", "started", "assigned", "paused", "updated", "resumed", "scaled", "assigned", "deleted"],
            events.Select(e => (string)e["kind"]!));
        Assert.Equal("version 2", (string?)events[6]["detail"]);
        Assert.All(events.Where(e => (string)e["kind"]! != "assigned"), e => Assert.Equal("admin", (string?)e["by"]));
        Assert.All(events, e => Assert.InRange((DateTimeOffset)e["at"]!, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task TableDropped_AndMadeAgain_IsToldOnceWithHowLongItTook()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(1000);
        await pipeline.AssertStoredOnceAsync();
        var table = pipeline.Document.Table;
        await pipeline.QueryAsync($"RENAME TABLE {table} TO {table}_aside");
        await pipeline.SendAsync(1000);
        var blocked = await pipeline.WaitForEventAsync("blocked");
        await pipeline.WaitForPhaseAsync("blocked");
        await pipeline.QueryAsync($"RENAME TABLE {table}_aside TO {table}");

        await pipeline.AssertStoredOnceAsync();
        var recovered = await pipeline.WaitForEventAsync("recovered");
        Assert.Contains(table, (string?)blocked["detail"]);
        Assert.Equal(0, (int)blocked["slot"]!);
        Assert.StartsWith("blocked for ", (string?)recovered["detail"]);
        Assert.Single(await pipeline.EventsAsync("blocked"));
        Assert.Single(await pipeline.EventsAsync("recovered"));
    }

    [Fact]
    public async Task BrokenMessage_StopsThePipeline_IsToldAsFault()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.SendRawAsync(0, "{ this is not JSON");
        await pipeline.ApplyAsync();
        Assert.Contains("offset 0", (string?)(await pipeline.WaitForEventAsync("faulted"))["detail"]);
        await pipeline.SetStateAsync("started");
        await pipeline.WaitForEventAsync("faulted", 2);

        await pipeline.ApplyAsync(d => d with { Policy = "skip" });
        await pipeline.CatchUpAsync();
        Assert.StartsWith("faulted for ", (string?)(await pipeline.WaitForEventAsync("recovered"))["detail"]);
    }

    [Fact]
    public async Task List_ByPages_GivesEveryEventOnce()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync(d => d with { State = "stopped" });
        for (var replicas = 2; replicas <= 9; replicas++) (await pipeline.SetReplicasAsync(replicas)).Success();
        await pipeline.WaitForEventAsync("scaled", 8);

        var seen = new List<long>();
        long? before = null;
        do
        {
            var page = (await pipeline.Api.GetAsync($"api/events?pipeline={pipeline.Id}&limit=4{(before is null ? "" : $"&before={before}")}")).Success().Json;
            seen.AddRange(page["events"]!.AsArray().Select(e => (long)e!["id"]!));
            before = (long?)page["before"];
        }
        while (before is not null);

        Assert.Equal(9, seen.Count);
        Assert.Equal(seen.Order().Reverse(), seen);
        (await pipeline.Api.GetAsync("api/events?limit=0")).Problem(400);
        (await pipeline.Api.GetAsync("api/events?limit=1001")).Problem(400);
        (await pipeline.Api.GetAsync("api/events?before=0")).Problem(400);
        (await pipeline.Api.GetAsync("api/events?pipeline=Not+An+Id")).Problem(400);
        (await pipeline.Api.SendAsync(HttpMethod.Get, "api/events", token: null)).Problem(401);
        (await pipeline.Api.SendAsync(HttpMethod.Get, "api/cluster", token: null)).Problem(401);
        Assert.NotEmpty((await pipeline.Api.GetAsync("api/events")).Success().Json["events"]!.AsArray());
    }

    [Fact]
    public async Task PostgresAway_WhileSomethingHappens_TellsItAfterwards()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var postgres = await scratch.StartAsync("postgres", folder => new Servers.Postgres.PostgresServer(folder));
        var silo = await Operator.StartSiloAsync(scratch, await postgres.CreateDatabaseAsync(cancellationToken: TestContext.Current.CancellationToken));
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1, silo: silo);
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(500);
        await pipeline.AssertStoredOnceAsync();
        await postgres.StopAsync();
        await pipeline.SendAsync(500);
        await pipeline.WaitForPhaseAsync("retrying");
        await postgres.StartAsync(TestContext.Current.CancellationToken);

        await pipeline.AssertStoredOnceAsync();
        Assert.Contains("PostgreSQL", (string?)(await pipeline.WaitForEventAsync("retrying"))["detail"]);
        await pipeline.WaitForEventAsync("recovered");
    }
}
