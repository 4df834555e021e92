using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClickSink.Grains.Interfaces.Cluster;
using ClickSink.Grains.Interfaces.DeadLetters;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Cli.Api;

/// <summary>The REST API of a silo, as the commands use it.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
    private readonly HttpClient _http;

    public ApiClient(Uri server, string? token)
    {
        _http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
        // One token is shared by many: the audit should tell who of them it was.
        if (UserName() is { } user) _http.DefaultRequestHeaders.Add("X-ClickSink-User", user);
        if (token is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<IReadOnlyList<PipelineListEntry>> ListAsync(CancellationToken cancellation) =>
        await ReadAsync<PipelineListEntry[]>(await SendAsync(HttpMethod.Get, "api/pipelines", null, cancellation), cancellation);

    public async Task<(string Document, bool Created, string Version)> PutAsync(string id, string document, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Put, Path(id), new StringContent(document, Encoding.UTF8, "application/yaml"), cancellation);
        return (await response.Content.ReadAsStringAsync(cancellation), response.StatusCode is System.Net.HttpStatusCode.Created, response.Headers.ETag?.Tag.Trim('"') ?? "?");
    }

    public async Task<string> GetAsync(string id, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, Path(id), null, cancellation);
        return await response.Content.ReadAsStringAsync(cancellation);
    }

    public async Task<PipelineStatus> GetStatusAsync(string id, CancellationToken cancellation) =>
        await ReadAsync<PipelineStatus>(await SendAsync(HttpMethod.Get, $"{Path(id)}/status", null, cancellation), cancellation);

    public async Task SetStateAsync(string id, string state, CancellationToken cancellation) =>
        (await SendAsync(HttpMethod.Put, $"{Path(id)}/state", JsonContent.Create(new { state }), cancellation)).Dispose();

    public async Task ScaleAsync(string id, int replicas, CancellationToken cancellation) =>
        (await SendAsync(HttpMethod.Put, $"{Path(id)}/replicas", JsonContent.Create(new { replicas }), cancellation)).Dispose();

    public async Task<string> RewindAsync(string id, object rewind, CancellationToken cancellation) =>
        (await ReadAsync<Answer>(await SendAsync(HttpMethod.Post, $"{Path(id)}/rewind", JsonContent.Create(rewind), cancellation), cancellation)).Message;

    public async Task<PipelineAssignments> GetAssignmentsAsync(string id, CancellationToken cancellation) =>
        await ReadAsync<PipelineAssignments>(await SendAsync(HttpMethod.Get, $"{Path(id)}/assignments", null, cancellation), cancellation);

    public async Task<ClusterStatus> GetClusterAsync(CancellationToken cancellation) =>
        await ReadAsync<ClusterStatus>(await SendAsync(HttpMethod.Get, "api/cluster", null, cancellation), cancellation);

    public async Task<EventPage> GetEventsAsync(string? id, int limit, long? before, CancellationToken cancellation)
    {
        var query = $"api/events?limit={limit}{(id is null ? "" : $"&pipeline={Uri.EscapeDataString(id)}")}{(before is null ? "" : $"&before={before}")}";
        return await ReadAsync<EventPage>(await SendAsync(HttpMethod.Get, query, null, cancellation), cancellation);
    }

    public async Task<DeadLetterPage> GetDeadLettersAsync(string id, string query, CancellationToken cancellation) =>
        await ReadAsync<DeadLetterPage>(await SendAsync(HttpMethod.Get, $"{Path(id)}/dead-letters?{query}", null, cancellation), cancellation);

    public async Task<DeadLetterView> GetDeadLetterAsync(string id, int partition, long offset, CancellationToken cancellation) =>
        await ReadAsync<DeadLetterView>(await SendAsync(HttpMethod.Get, $"{Path(id)}/dead-letters/{partition}/{offset}", null, cancellation), cancellation);

    public async Task<ReplayStatus> ReplayAsync(string id, object selection, CancellationToken cancellation) =>
        await ReadAsync<ReplayStatus>(await SendAsync(HttpMethod.Post, $"{Path(id)}/dead-letters/replay", JsonContent.Create(selection), cancellation), cancellation);

    public async Task<ReplayStatus> GetReplayAsync(string id, CancellationToken cancellation) =>
        await ReadAsync<ReplayStatus>(await SendAsync(HttpMethod.Get, $"{Path(id)}/dead-letters/replay", null, cancellation), cancellation);

    public async Task<long> DiscardAsync(string id, object selection, CancellationToken cancellation) =>
        (await ReadAsync<Discard>(await SendAsync(HttpMethod.Post, $"{Path(id)}/dead-letters/discard", JsonContent.Create(selection), cancellation), cancellation)).Discarded;

    public async Task DeleteAsync(string id, CancellationToken cancellation) => (await SendAsync(HttpMethod.Delete, Path(id), null, cancellation)).Dispose();

    /// <summary>Asks a question whose answer is only printed.</summary>
    public async Task<JsonNode> AskAsync(string question, string body, CancellationToken cancellation) =>
        await ReadAsync<JsonNode>(await SendAsync(HttpMethod.Post, $"api/{question}", new StringContent(body, Encoding.UTF8, "application/yaml"), cancellation), cancellation);

    public void Dispose() => _http.Dispose();

    private static string Path(string id) => $"api/pipelines/{Uri.EscapeDataString(id)}";

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        using (response)
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, cancellation) ?? throw new ApiException(ExitCode.Failed, "the server sent an empty answer");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(new HttpRequestMessage(method, path) { Content = body }, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw new ApiException(ExitCode.Unreachable, $"no silo answers at {_http.BaseAddress}: {e.Message}. Set --server or CLICKSINK_SERVER to the address of the REST API");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ApiException(ExitCode.Unreachable, $"the silo at {_http.BaseAddress} did not answer in time");
        }

        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            throw new ApiException(CodeFor((int)response.StatusCode), await DescribeAsync(response, cancellation));
        }
    }

    private static int CodeFor(int status) => status switch
    {
        404 => ExitCode.NotFound,
        401 or 403 => ExitCode.Denied,
        409 or 412 => ExitCode.Conflict,
        400 or 413 or 415 or 422 => ExitCode.Invalid,
        502 or 503 or 504 => ExitCode.Unreachable,
        _ => ExitCode.Failed,
    };

    private static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if ((int)response.StatusCode == 401) return "the server wants a token: set CLICKSINK_TOKEN, or --token";
        try
        {
            var problem = JsonSerializer.Deserialize<Problem>(text, Json);
            if (problem?.Title is null) return $"HTTP {(int)response.StatusCode}: {text}";
            var lines = new StringBuilder(problem.Title).Append(": ").Append(problem.Detail);
            foreach (var fault in problem.Faults ?? []) lines.Append("\n  ").Append(fault.Path is "" ? "(document)" : fault.Path).Append(fault.Value is null ? "" : $": '{fault.Value}'").Append(": ").Append(fault.Rule);
            return lines.ToString();
        }
        catch (JsonException)
        {
            return $"HTTP {(int)response.StatusCode}: {text}";
        }
    }

    // A header holds plain ASCII only.
    private static string? UserName() => Environment.UserName is { Length: > 0 } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@') ? name : null;

    private sealed record Answer(string Message);

    private sealed record Discard(long Discarded);

    private sealed record Problem(string? Title, string? Detail, Fault[]? Faults);

    private sealed record Fault(string Path, string? Value, string Rule);
}
