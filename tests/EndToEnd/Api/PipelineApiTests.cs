using System.Net;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Api;

/// <summary>The REST API over the wire: answers, refusals, versions.</summary>
public sealed class PipelineApiTests
{
    private const string Json = "application/json";
    private readonly Cluster _cluster;

    public PipelineApiTests(Cluster cluster) => _cluster = cluster;

    [Theory]
    [InlineData("GET", "api/pipelines")]
    [InlineData("POST", "api/pipelines")]
    [InlineData("GET", "api/pipelines/some")]
    [InlineData("PUT", "api/pipelines/some")]
    [InlineData("DELETE", "api/pipelines/some")]
    [InlineData("GET", "api/pipelines/some/state")]
    [InlineData("PUT", "api/pipelines/some/state")]
    [InlineData("GET", "api/pipelines/some/status")]
    [InlineData("GET", "openapi/v1.json")]
    public async Task AnyEndpoint_WithoutTheToken_Is401(string method, string path)
    {
        var api = new SiloApi(await _cluster.SiloAsync());
        var body = method is "POST" or "PUT" ? "{}" : null;
        foreach (var token in new[] { null, "wrong", Cluster.Token + "x", Cluster.Token[..^1] })
        {
            var answer = await api.SendAsync(new HttpMethod(method), path, body, Json, token);
            answer.Problem(401);
        }
    }

    [Theory]
    [InlineData("GET", "api/pipelines/nobody")]
    [InlineData("DELETE", "api/pipelines/nobody")]
    [InlineData("GET", "api/pipelines/nobody/state")]
    [InlineData("PUT", "api/pipelines/nobody/state")]
    [InlineData("GET", "api/pipelines/nobody/status")]
    [InlineData("GET", "api/pipelines/NotAnId")]
    [InlineData("GET", "api/nothing")]
    public async Task Missing_Is404(string method, string path)
    {
        var api = new SiloApi(await _cluster.SiloAsync());
        (await api.SendAsync(new HttpMethod(method), path, method == "PUT" ? """{"state":"started"}""" : null, Json)).Problem(404);
    }

    [Fact]
    public async Task Post_NewThenAgain_Is201Then409()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        var yaml = (pipeline.Document with { State = "stopped" }).ToYaml();

        var created = await pipeline.Api.SendAsync(HttpMethod.Post, "api/pipelines", yaml);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal($"/api/pipelines/{pipeline.Id}", created.Location?.ToString());
        Assert.Equal("\"1\"", created.ETag);
        Assert.Equal(pipeline.Id, (string?)created.Json["id"]);
        Assert.Contains(pipeline.Id, (string?)(await pipeline.Api.SendAsync(HttpMethod.Post, "api/pipelines", yaml)).Problem(409)["detail"]);
    }

    [Fact]
    public async Task Put_WithETag_IsTakenOnceAndStaleOnesAreRefused()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        var path = $"api/pipelines/{pipeline.Id}";
        var yaml = (pipeline.Document with { State = "stopped" }).ToYaml();
        (await pipeline.Api.SendAsync(HttpMethod.Put, path, yaml, ifMatch: "\"1\"")).Problem(412);
        Assert.Equal(HttpStatusCode.Created, (await pipeline.Api.SendAsync(HttpMethod.Put, path, yaml)).Status);
        var got = (await pipeline.Api.GetAsync(path)).Success();
        Assert.Equal("\"1\"", got.ETag);

        // What was got can be put back as it is: it says the same, so there is no new version.
        var same = await pipeline.Api.SendAsync(HttpMethod.Put, path, got.Text, Json, ifMatch: got.ETag);
        Assert.Equal((HttpStatusCode.OK, "\"1\""), (same.Status, same.ETag));

        var changed = got.Json;
        changed["description"] = "another";
        var second = await pipeline.Api.SendAsync(HttpMethod.Put, path, changed.ToJsonString(), Json, ifMatch: got.ETag);
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (second.Status, second.ETag));
        var stale = await pipeline.Api.SendAsync(HttpMethod.Put, path, got.Text, Json, ifMatch: got.ETag);
        Assert.Contains("version 2", (string?)stale.Problem(412)["detail"]);
        Assert.Equal("another", (string?)(await pipeline.Api.GetAsync(path)).Json["description"]);
        (await pipeline.Api.SendAsync(HttpMethod.Put, path, got.Text, Json, ifMatch: "\"no number\"")).Problem(400);
    }

    [Fact]
    public async Task Put_AnotherId_Is422()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        var problem = (await pipeline.Api.SendAsync(HttpMethod.Put, "api/pipelines/another", pipeline.Document.ToYaml())).Problem(422);
        Assert.Equal("id", (string?)problem["faults"]![0]!["path"]);
        (await pipeline.Api.SendAsync(HttpMethod.Put, "api/pipelines/NOT-AN-ID", pipeline.Document.ToYaml())).Problem(422);
    }

    [Fact]
    public async Task Put_ManyFaults_Is422WithAllOfThem()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        var document = $$"""
            id: {{pipeline.Id}}
            replicas: 0
            colour: blue
            source: { kafka: { brokers: nowhere, topic: "a b" } }
            mapping: { columns: [ { name: a, type: Strin }, { name: a, type: String } ] }
            sinks: [ { clickhouse: { url: "ftp://x", password: "a secret of a fault test" } } ]
            delivery: { maxWait: 1 }
            errors: { policy: explode }
            """;
        var answer = await pipeline.Api.SendAsync(HttpMethod.Put, $"api/pipelines/{pipeline.Id}", document);
        var faults = answer.Problem(422)["faults"]!.AsArray();
        string[] expected =
        [
            "replicas", "colour", "source.kafka.brokers", "source.kafka.topic", "mapping.columns[0].type", "mapping.columns[1].name", "sinks[0].clickhouse.url",
            "sinks[0].clickhouse.table", "delivery.maxWait", "errors.policy",
        ];
        Assert.Equal(expected.Order(), faults.Select(f => (string?)f!["path"]).Order());
        Assert.All(faults, f => Assert.False(string.IsNullOrWhiteSpace((string?)f!["rule"])));
        Assert.Equal("explode", (string?)faults.Single(f => (string?)f!["path"] == "errors.policy")!["value"]);
        Assert.DoesNotContain("a secret of a fault test", answer.Text);
        (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}")).Problem(404);
    }

    [Theory]
    [InlineData("{ \"id\": ", "application/json", "JSON")]
    [InlineData("{ \"id\": \"a\", \"id\": \"b\" }", "application/json", "JSON")]
    [InlineData("id: [", "application/yaml", "YAML")]
    [InlineData("id: a\nid: b", "application/yaml", "YAML")]
    [InlineData("a: &x [1]\nb: *y", "application/yaml", "YAML")]
    [InlineData("just text", "application/yaml", "mapping")]
    [InlineData("", "application/yaml", "")]
    public async Task Body_Malformed_Is422AndSaysWhere(string body, string type, string says)
    {
        var api = new SiloApi(await _cluster.SiloAsync());
        foreach (var (method, path) in new[] { (HttpMethod.Post, "api/pipelines"), (HttpMethod.Put, "api/pipelines/malformed") })
        {
            var problem = (await api.SendAsync(method, path, body, type)).Problem(422);
            Assert.Contains(says, (string?)problem["faults"]![0]!["rule"]);
        }
    }

    [Fact]
    public async Task Body_TooLarge_Is413()
    {
        var api = new SiloApi(await _cluster.SiloAsync());
        var large = "id: large\ndescription: " + new string('x', 2 << 20);
        (await api.SendAsync(HttpMethod.Put, "api/pipelines/large", large)).Problem(413);
        (await api.SendAsync(HttpMethod.Post, "api/pipelines", large)).Problem(413);
    }

    [Theory]
    [InlineData("image/png", false)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("application/json", true)]
    [InlineData("application/yaml", true)]
    [InlineData("application/yaml; charset=utf-8", true)]
    [InlineData("text/yaml", true)]
    [InlineData("application/x-yaml", true)]
    public async Task ContentType_OtherThanAYamlOrJson_Is415(string type, bool isTaken)
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        var answer = await pipeline.Api.SendAsync(HttpMethod.Put, $"api/pipelines/{pipeline.Id}", (pipeline.Document with { State = "stopped" }).ToYaml(), type);
        if (isTaken) Assert.Equal(HttpStatusCode.Created, answer.Status);
        else answer.Problem(415);
    }

    [Theory]
    [InlineData("""{"state":"flying"}""")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"state":"started","colour":1}""")]
    public async Task PutState_Malformed_Is400(string body)
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.ApplyAsync(d => d with { State = "stopped" });
        var problem = (await pipeline.Api.SendAsync(HttpMethod.Put, $"api/pipelines/{pipeline.Id}/state", body, Json)).Problem(400);
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["detail"]));
        Assert.Equal("stopped", (string?)(await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}/state")).Json["state"]);
    }

    [Fact]
    public async Task PutState_ShowsInDocumentStateAndList()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.ApplyAsync();
        await pipeline.WaitForPhaseAsync("running");
        await pipeline.SetStateAsync("stopped");
        Assert.Equal("stopped", (string?)(await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}/state")).Json["state"]);
        Assert.Equal("stopped", (string?)(await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}")).Json["state"]);
        await pipeline.WaitForPhaseAsync("stopped");
        var listed = (await pipeline.Api.GetAsync("api/pipelines")).Json.AsArray().Single(p => (string?)p!["id"] == pipeline.Id)!;
        Assert.Equal("stopped", (string?)listed["phase"]);
        Assert.False((bool)listed["running"]!);
    }

    [Fact]
    public async Task Method_NotAllowed_Is405()
    {
        var api = new SiloApi(await _cluster.SiloAsync());
        (await api.SendAsync(HttpMethod.Patch, "api/pipelines/some", "{}", Json)).Problem(405);
    }
}
