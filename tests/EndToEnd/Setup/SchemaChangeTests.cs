using System.Text.Json.Nodes;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Setup;

/// <summary>A topic whose messages get new fields while the pipeline runs.</summary>
public sealed class SchemaChangeTests
{
    private readonly Cluster _cluster;

    public SchemaChangeTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Add_FieldsInMidStream_BecomeColumnsFromTheirFirstMessageOn()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2);
        await pipeline.ApplyAsync(
            d => d with { Columns = ["{ name: seq, type: UInt64, missing: reject }"], Unknown = "add", Replicas = 2 });
        await SendAsync(pipeline, 0, 100, i => $"{{\"seq\":{i}}}");
        await pipeline.WaitForRowsAsync(100);

        // Two fields at once in the one partition, another one in the other, at the same time; a number that turns out not to be whole; an
        // object.
        await SendAsync(pipeline, 100, 200, i => i % 2 == 0
            ? $"{{\"seq\":{i},\"plan\":\"p{i}\",\"price\":{(i < 150 ? i : i + 0.5)}}}"
            : $"{{\"seq\":{i},\"user\":{{\"id\":{i}}},\"is new\":true}}");

        await WaitForCountAsync(pipeline, 300);
        var found = (await pipeline.QueryAsync(
            $"SELECT count(), uniqExact(seq), countIf(plan IS NOT NULL), sum(price), countIf(is_new), countIf(JSONExtractInt(user, 'id') = seq), min(seq) FILTER (WHERE plan IS NOT NULL), min(seq) FILTER (WHERE user IS NOT NULL) FROM {pipeline.Document.Table} FORMAT TabSeparated")).Split('\t');
        var price = Enumerable.Range(50, 100).Sum(i => i * 2) + (75 * 0.5);
        Assert.Equal(["300", "300", "100", FormattableString.Invariant($"{price}"), "100", "100", "100", "101"], found);

        var document = (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}")).Success().Json;
        var added = document["mapping"]!["columns"]!.AsArray().Where(c => (bool?)c!["added"] == true)
            .ToDictionary(c => (string)c!["name"]!, c => c!);
        Assert.Equal(["is_new", "plan", "price", "user"], added.Keys.Order());
        Assert.Equal(
            ("Nullable(String)", "Nullable(Bool)", "is new"),
            ((string?)added["plan"]["type"], (string?)added["is_new"]["type"], (string?)added["is_new"]["path"]));
        Assert.Contains(
            await EventsAsync(pipeline),
            e => (string?)e!["kind"] == "columnsAdded" && ((string?)e["detail"])!.Contains("plan Nullable(String)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_SiloIsKilledInBetween_LosesNothing()
    {
        await using var servers = await ClickSink.Tests.Shared.ScratchServers.CreateAsync();
        var postgres = await _cluster.PostgresAsync();
        var silo = await Cluster.StartSiloAsync(
            servers, await postgres.CreateDatabaseAsync(cancellationToken: TestContext.Current.CancellationToken));
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1, silo: silo);
        await pipeline.ApplyAsync(d => d with { Columns = ["{ name: seq, type: UInt64, missing: reject }"], Unknown = "add" });
        await SendAsync(pipeline, 0, 100, i => $"{{\"seq\":{i}}}", partitions: 1);
        await pipeline.WaitForRowsAsync(100);
        await SendAsync(pipeline, 100, 100, i => $"{{\"seq\":{i},\"extra\":{i}}}", partitions: 1);

        await pipeline.KillSiloAsync();

        await WaitForCountAsync(pipeline, 200);
        Assert.Equal(
            "200\t200\t100\t100",
            await pipeline.QueryAsync($"SELECT count(), uniqExact(seq), countIf(extra = seq), min(extra) FROM {pipeline.Document.Table} FORMAT TabSeparated"));
    }

    [Fact]
    public async Task Add_LimitIsReached_StopsInFrontAndGoesOnWhenItIsRaised()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.ApplyAsync(
            d => d with { Columns = ["{ name: seq, type: UInt64, missing: reject }"], Unknown = "add", MaxAdded = 1 });
        await SendAsync(pipeline, 0, 10, i => $"{{\"seq\":{i},\"a\":1}}", partitions: 1);
        await WaitForCountAsync(pipeline, 10);
        await SendAsync(pipeline, 10, 10, i => $"{{\"seq\":{i},\"a\":1,\"b\":2}}", partitions: 1);

        await pipeline.WaitForPhaseAsync("faulted", "(b)", "mapping.maxAdded");
        Assert.Equal(10, (await pipeline.CountAsync()).Stored);
        var document = (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}")).Success().Json;
        document["mapping"]!["maxAdded"] = 2;
        (await pipeline.Api.SendAsync(HttpMethod.Put, $"api/pipelines/{pipeline.Id}", document.ToJsonString(), "application/json"))
            .Success();

        await WaitForCountAsync(pipeline, 20);
        Assert.Equal(
            "20\t10", await pipeline.QueryAsync($"SELECT sum(a), countIf(b = 2) FROM {pipeline.Document.Table} FORMAT TabSeparated"));
    }

    [Fact]
    public async Task Keep_FieldsThatNobodyMaps_AreInTheRest()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.ApplyAsync(d => d with
        {
            Columns = ["{ name: seq, type: UInt64, missing: reject }", "{ name: user_id, type: UInt64, path: user.id }", "{ name: others, type: String }"], Unknown = "keep", Rest = "others",
        });
        await SendAsync(pipeline, 0, 1, i => $"{{\"seq\":{i},\"user\":{{\"id\":5,\"name\":\"x\"}},\"n\":[1]}}", partitions: 1);
        await WaitForCountAsync(pipeline, 1);
        var rest = JsonNode.Parse(await pipeline.QueryAsync($"SELECT others FROM {pipeline.Document.Table} FORMAT TabSeparatedRaw"))!;
        Assert.Equal("""{"user":{"name":"x"},"n":[1]}""", rest.ToJsonString());
    }

    [Fact]
    public async Task Reject_FieldThatNobodyMaps_RejectsTheRow()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.ApplyAsync(d => d with { Columns = ["{ name: seq, type: UInt64, missing: reject }"], Unknown = "reject" });
        await SendAsync(pipeline, 0, 1, i => $"{{\"seq\":{i}}}", partitions: 1);
        await SendAsync(pipeline, 1, 1, i => $"{{\"seq\":{i},\"strange\":true}}", partitions: 1);
        await pipeline.WaitForPhaseAsync("faulted", "strange", "offset 1");
        Assert.Equal(1, (await pipeline.CountAsync()).Stored);
    }

    private static async Task SendAsync(PipelineUnderTest pipeline, int first, int count, Func<int, string> message, int partitions = 2)
    {
        for (var partition = 0; partition < partitions; partition++)
            await pipeline.SendRawAsync(
                partition, [.. Enumerable.Range(first, count).Where(i => i % partitions == partition).Select(message)]);
    }

    private static async Task WaitForCountAsync(PipelineUnderTest pipeline, long rows)
    {
        await pipeline.WaitForRowsAsync(rows);
        await pipeline.WaitForAsync(s => (long)s["lagRecords"]! == 0 && (string?)s["phase"] == "running", "running without lag");
    }

    private static async Task<JsonArray> EventsAsync(PipelineUnderTest pipeline) =>
        (await pipeline.Api.GetAsync($"api/events?pipeline={pipeline.Id}&limit=100")).Success().Json["events"]!.AsArray();
}
