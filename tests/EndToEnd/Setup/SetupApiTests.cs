using System.Net;
using System.Text.Json.Nodes;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Setup;

/// <summary>Questions before and beside a pipeline, over the wire.</summary>
public sealed class SetupApiTests
{
    private const string Json = "application/json";
    private const string Properties = """{ "api.version.request": "false", "broker.version.fallback": "0.9.0.1" }""";
    private readonly Cluster _cluster;

    public SetupApiTests(Cluster cluster) => _cluster = cluster;

    [Theory]
    [InlineData("POST", "api/validate")]
    [InlineData("POST", "api/validate/kafka")]
    [InlineData("POST", "api/validate/kafka/sample")]
    [InlineData("POST", "api/validate/clickhouse")]
    [InlineData("POST", "api/validate/clickhouse/table")]
    [InlineData("POST", "api/infer")]
    [InlineData("GET", "api/pipelines/some/sample")]
    [InlineData("POST", "api/pipelines/some/validate")]
    [InlineData("POST", "api/pipelines/some/validate/kafka")]
    [InlineData("POST", "api/pipelines/some/validate/clickhouse")]
    [InlineData("POST", "api/pipelines/some/validate/clickhouse-table")]
    [InlineData("GET", "api/pipelines/some/clickhouse/databases")]
    [InlineData("GET", "api/pipelines/some/clickhouse/tables")]
    [InlineData("GET", "api/pipelines/some/clickhouse/schema")]
    public async Task AnyQuestion_WithoutTheTokenOrThePipeline_IsRefused(string method, string path)
    {
        var api = new SiloApi(await _cluster.SiloAsync());
        (await api.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null, Json, token: null)).Problem(401);
        // Inline questions name what they need; the others need a pipeline.
        var answer = await api.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null, Json);
        answer.Problem(path.StartsWith("api/pipelines", StringComparison.Ordinal) ? 404 : 422);
        (await api.SendAsync(new HttpMethod(method), path, method == "POST" ? "{ not json" : null, Json))
            .Problem(path.StartsWith("api/pipelines", StringComparison.Ordinal) ? 404 : 422);
    }

    [Fact]
    public async Task Kafka_WithAndWithoutTopic_TellsWhatIsThere()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2);
        await pipeline.SendAsync(10);

        var all = (await AskAsync(pipeline, "kafka", $$"""{ "kafka": { "brokers": "{{pipeline.Document.Brokers}}", "properties": {{Properties}} } }""")).Success().Json;
        Assert.Contains(
            all["topics"]!.AsArray(),
            t => (string?)t!["name"] == pipeline.Document.Topic && (int)t["partitions"]! == 2 && (int)t["messages"]! == 10);

        var one = (await AskAsync(pipeline, "kafka", Kafka(pipeline))).Success().Json;
        Assert.Equal(10, one["partitions"]!.AsArray().Sum(p => (int)p!["messages"]!));
        var missing = (await AskAsync(pipeline, "kafka", Kafka(pipeline, "no-such-topic-here"))).Success().Json;
        Assert.False((bool)missing["ok"]!);
        Assert.Contains("no-such-topic-here", (string?)missing["message"]);
        (await AskAsync(pipeline, "kafka/sample", Kafka(pipeline, "no-such-topic-here"))).Problem(503);
        var faults = (await AskAsync(pipeline, "kafka/sample", """{ "kafka": { "brokers": "here", "oddity": 1 }, "sample": { "count": 0 } }""")).Problem(422)["faults"]!.AsArray();
        Assert.Superset(
            new HashSet<string> { "kafka.brokers", "kafka.topic", "kafka.oddity", "sample.count" },
            faults.Select(f => (string)f!["path"]!).ToHashSet());
    }

    [Fact]
    public async Task Sample_WhileThePipelineRuns_DoesNotDisturbIt()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2);
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(500);

        var stored = (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}/sample?count=20&from=spread")).Success().Json;
        Assert.Equal(20, stored["messages"]!.AsArray().Count);
        Assert.NotNull(JsonNode.Parse((string)stored["messages"]![0]!["value"]!)!["seq"]);
        var inline = (await AskAsync(pipeline, "kafka/sample", $$"""{ "kafka": {{KafkaPart(pipeline, null)}}, "sample": { "count": 4, "from": "earliest" } }""")).Success().Json;
        Assert.Equal([0, 1, 0, 1], inline["messages"]!.AsArray().Select(m => (int)m!["offset"]!));
        (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}/sample?count=0")).Problem(400);
        (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}/sample?timeout=soon")).Problem(400);
        (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}/sample?from=behind")).Problem(400);

        await pipeline.SendAsync(500);
        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task Pipeline_ItsServers_AnswerWithTheStoredSecrets()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.SendAsync(50);
        await pipeline.ApplyAsync();
        await pipeline.AssertStoredOnceAsync();
        var path = $"api/pipelines/{pipeline.Id}";

        Assert.True((bool)(await PostAsync(pipeline, $"{path}/validate/kafka")).Json["ok"]!);
        var server = (await PostAsync(pipeline, $"{path}/validate/clickhouse")).Json;
        Assert.Contains("default", server["databases"]!.AsArray().Select(d => (string?)d));
        var table = (await PostAsync(pipeline, $"{path}/validate/clickhouse-table")).Json[0]!;
        Assert.True((bool)table["ok"]!);
        Assert.Equal("exactlyOnce", (string?)table["table"]!["guarantee"]!["level"]);
        Assert.Contains(
            "default", (await pipeline.Api.GetAsync($"{path}/clickhouse/databases")).Success().Json.AsArray().Select(d => (string?)d));
        Assert.Contains(
            pipeline.Document.Table,
            (await pipeline.Api.GetAsync($"{path}/clickhouse/tables")).Success().Json.AsArray().Select(t => (string?)t!["name"]));
        var schema = (await pipeline.Api.GetAsync($"{path}/clickhouse/schema")).Success().Json;
        Assert.Equal(
            ("MergeTree", "seq", 50), ((string?)schema["engine"], ((string?)schema["sortingKey"])?.Trim('(', ')'), (int)schema["rows"]!));
        (await pipeline.Api.GetAsync($"{path}/clickhouse/schema?table=nothing")).Problem(404);
        var whole = (await PostAsync(pipeline, $"{path}/validate")).Json;
        Assert.True((bool)whole["ok"]!, whole.ToJsonString());
        Assert.Equal(50, (int)whole["messages"]!["rows"]!);
    }

    [Fact]
    public async Task Validate_MaskedSecret_IsTheStoredOneAtTheSameAddressOnly()
    {
        const string Secret = "a-secret-for-this-test";
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.ApplyAsync(d => d with { State = "stopped", Password = Secret });

        var masked = pipeline.Document with { Password = "***" };
        var same = await pipeline.Api.SendAsync(HttpMethod.Post, "api/validate", masked.ToYaml());
        // The engine refuses this password: it was sent.
        Assert.False((bool)same.Success().Json["clickhouse"]!["ok"]!);
        Assert.DoesNotContain(Secret, same.Text);
        var elsewhere = await pipeline.Api.SendAsync(
            HttpMethod.Post, "api/validate", (masked with { ClickHouse = new Uri("http://127.0.0.1:1") }).ToYaml());
        Assert.Contains("write the secret itself", elsewhere.Problem(422).ToJsonString());
        var inline = $$"""{ "clickhouse": { "url": "{{pipeline.Document.ClickHouse.GetLeftPart(UriPartial.Authority)}}", "password": "***" } }""";
        Assert.Contains("clickhouse.password", (await AskAsync(pipeline, "clickhouse", inline)).Problem(422).ToJsonString());
        var wrong = await AskAsync(pipeline, "clickhouse", inline.Replace("***", Secret, StringComparison.Ordinal));
        Assert.False((bool)wrong.Success().Json["ok"]!);
        Assert.DoesNotContain(Secret, wrong.Text);
    }

    [Fact]
    public async Task Infer_ThenPut_StoresTheTopic()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2);
        await pipeline.SendAsync(300);
        var sink = $$"""{ "url": "{{pipeline.Document.ClickHouse.GetLeftPart(UriPartial.Authority)}}", "table": "{{pipeline.Document.Table}}" }""";
        var answer = (await pipeline.Api.SendAsync(
            HttpMethod.Post, "api/infer", $$"""{ "id": "{{pipeline.Id}}", "kafka": {{KafkaPart(pipeline, null)}}, "clickhouse": {{sink}} }""", Json)).Success().Json;
        Assert.Equal("UUID", (string?)answer["inference"]!["fields"]!.AsArray().Single(f => (string?)f!["column"] == "event_id")!["type"]);

        var put = await pipeline.Api.SendAsync(HttpMethod.Put, $"api/pipelines/{pipeline.Id}", answer["document"]!.ToJsonString(), Json);
        Assert.Equal(HttpStatusCode.Created, put.Status);

        await pipeline.AssertStoredOnceAsync();
    }

    private static Task<ApiAnswer> AskAsync(PipelineUnderTest pipeline, string question, string body) =>
        pipeline.Api.SendAsync(HttpMethod.Post, $"api/validate/{question}", body, Json);

    private static async Task<ApiAnswer> PostAsync(PipelineUnderTest pipeline, string path) =>
        (await pipeline.Api.SendAsync(HttpMethod.Post, path)).Success();

    private static string Kafka(PipelineUnderTest pipeline, string? topic = null) => $$"""{ "kafka": {{KafkaPart(pipeline, topic)}} }""";

    private static string KafkaPart(PipelineUnderTest pipeline, string? topic) =>
        $$"""{ "brokers": "{{pipeline.Document.Brokers}}", "topic": "{{topic ?? pipeline.Document.Topic}}", "properties": {{Properties}} }""";
}
