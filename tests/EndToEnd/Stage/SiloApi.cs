using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClickSink.Servers;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Stage;

/// <summary>The REST API of a silo, as plain HTTP: tests look at what goes over the wire.</summary>
public sealed class SiloApi
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly SiloServer _silo;

    public SiloApi(SiloServer silo) => _silo = silo;

    /// <summary>Sends a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">Path below the silo's address.</param>
    /// <param name="body">Its body; none by default.</param>
    /// <param name="type">Content type of the body.</param>
    /// <param name="token">The token; null for none.</param>
    /// <param name="ifMatch">The ETag that is expected.</param>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/yaml", string? token = Cluster.Token, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_silo.Api, path));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new ApiAnswer(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.ETag?.Tag, answer.Headers.Location, text);
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);
}

/// <summary>What the API answered.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string? Type, string? ETag, Uri? Location, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>Checks that it is a problem (RFC 9457) that says something, and returns it.</summary>
    public JsonNode Problem(int status)
    {
        Assert.True((int)Status == status, $"{status} expected, {(int)Status} came: {Text}");
        Assert.Equal("application/problem+json", Type);
        var problem = Json;
        Assert.Equal(status, (int)problem["status"]!);
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["title"]), Text);
        return problem;
    }

    /// <summary>Checks that it succeeded.</summary>
    public ApiAnswer Success()
    {
        Assert.True((int)Status is >= 200 and < 300, $"{(int)Status}: {Text}");
        return this;
    }

    public override string ToString() => $"{(int)Status} {Type} {JsonSerializer.Serialize(Text)}";
}
