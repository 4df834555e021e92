using System.Net;
using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Api;

/// <summary>The description of the API, and the health addresses.</summary>
public sealed class OpenApiAndHealthTests
{
    private readonly Cluster _cluster;

    public OpenApiAndHealthTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task OpenApi_IsVersion31AndNamesEveryEndpoint()
    {
        var api = new SiloApi(await _cluster.SiloAsync());
        var answer = (await api.GetAsync("openapi/v1.json")).Success();
        Assert.StartsWith("3.1", (string?)answer.Json["openapi"]);
        string[] expected =
        [
            "get /api/pipelines", "post /api/pipelines", "get /api/pipelines/{id}", "put /api/pipelines/{id}", "delete /api/pipelines/{id}",
            "get /api/pipelines/{id}/state", "put /api/pipelines/{id}/state", "get /api/pipelines/{id}/status",
        ];
        var operations = answer.Json["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => (Name: $"{o.Key} {path.Key}", Operation: o.Value!))).ToList();
        Assert.Superset(expected.ToHashSet(), operations.Select(o => o.Name).ToHashSet());
        Assert.All(operations, o =>
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)o.Operation["summary"]), $"{o.Name} has no summary");
            Assert.False(string.IsNullOrWhiteSpace((string?)o.Operation["operationId"]), $"{o.Name} has no operationId");
            Assert.NotEmpty(o.Operation["responses"]!.AsObject());
        });
    }

    [Fact]
    public async Task Health_NeedsNoTokenAndTellsWhatItChecked()
    {
        var api = new SiloApi(await _cluster.SiloAsync());
        Assert.Equal("Healthy", (string?)(await api.SendAsync(HttpMethod.Get, "health/live", token: null)).Success().Json["status"]);
        var ready = (await api.SendAsync(HttpMethod.Get, "health/ready", token: null)).Success();
        Assert.Equal("Healthy", (string?)ready.Json["status"]);
        Assert.NotNull(ready.Json["checks"]!["postgres"]);
        Assert.Equal(HttpStatusCode.OK, ready.Status);
    }
}
