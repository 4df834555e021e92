using System.Text.Json.Nodes;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Api;

/// <summary>What a document would make of messages, over the wire and on the command line.</summary>
public sealed class DryRunTests
{
    private readonly Cluster _cluster;

    public DryRunTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task DryRun_Valid_TellsRowsAndRejectsAndStoresNothing()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        var document = pipeline.Document with { Transforms = "[{ derive: { name: half, type: Float64, value: 100.0 / double(seq) } }, { derive: { name: inverse, type: Int64, value: 100 / int(seq) } }]" };
        var body = Request(document.ToYaml(), """{"seq":8,"ts":"2026-01-02T03:04:05Z"}""", """{"seq":0,"ts":"2026-01-02T03:04:05Z"}""");
        var answer = (await pipeline.Api.SendAsync(HttpMethod.Post, "api/transforms/dry-run", body, "application/json")).Success().Json;

        var row = Assert.Single(answer["rows"]!.AsArray())!;
        Assert.Equal(12, (int)row["values"]!["inverse"]!);
        Assert.Equal("2026-01-02T03:04:05.000Z", (string?)row["values"]!["ts"]);
        var reject = Assert.Single(answer["rejected"]!.AsArray())!;
        Assert.Equal((1, "inverse"), ((int)reject["message"]!, (string?)reject["column"]));
        Assert.Contains("division by zero", (string?)reject["reason"]);
        (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}")).Problem(404);
    }

    [Fact]
    public async Task DryRun_Refused_SaysWhy()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        async Task<string> RefuseAsync(string body, int status = 422) =>
            (await pipeline.Api.SendAsync(HttpMethod.Post, "api/transforms/dry-run", body, "application/json")).Problem(status)["faults"]?.ToJsonString() ?? "";

        Assert.Contains("document", await RefuseAsync("""{"messages":["{}"]}"""));
        Assert.Contains("at least one", await RefuseAsync(Request(pipeline.Document.ToYaml())));
        Assert.Contains("unknown key", await RefuseAsync("""{"document":"id: p","messages":["{}"],"more":1}"""));
        Assert.Contains("not valid JSON", await RefuseAsync("{"));
        Assert.Contains("messages[0].partition", await RefuseAsync("""{"document":"id: p","messages":[{"value":"{}","partition":-1}]}"""));
        Assert.Contains("transforms[0].filter", await RefuseAsync(Request((pipeline.Document with { Transforms = "[{ filter: nobody > 1 }]" }).ToYaml(), "{}")));
        (await pipeline.Api.SendAsync(HttpMethod.Post, "api/transforms/dry-run", "{}", "application/json", token: null)).Problem(401);
    }

    [Fact]
    public async Task Command_DryRun_PrintsRowsAndRejects()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        var folder = Directory.CreateTempSubdirectory("clicksink-");
        var (document, messages) = (Path.Combine(folder.FullName, "p.yaml"), Path.Combine(folder.FullName, "messages.ndjson"));
        await File.WriteAllTextAsync(document, pipeline.Document.ToYaml(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(messages, "{\"seq\":8,\"ts\":\"2026-01-02T03:04:05Z\",\"user\":{\"plan\":\"free\"}}\nnonsense\n", TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string> { ["CLICKSINK_SERVER"] = pipeline.Silo.Api.ToString(), ["CLICKSINK_TOKEN"] = Cluster.Token };
        var (code, output) = await Command.RunAsync(null, environment, [Command.ClickSink, "dry-run", "-f", document, "-m", messages]);
        folder.Delete(recursive: true);
        Assert.Equal(1, code);
        Assert.Contains("free", output);
        Assert.Contains("Message 2 is rejected", output);
        Assert.Contains("2 messages make 1 rows, 1 are rejected", output);
    }

    private static string Request(string document, params string[] messages) =>
        new JsonObject { ["document"] = document, ["messages"] = new JsonArray([.. messages.Select(m => (JsonNode)m)]) }.ToJsonString();
}
