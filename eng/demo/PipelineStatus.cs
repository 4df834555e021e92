using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClickSink.Demo;

/// <summary>The few things of a pipeline's status that the progress line shows.</summary>
internal sealed record PipelineStatus(string Phase, double RowsPerSecond, long LagRecords, string? Error, string Spread)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Asks the silo; null while it does not answer, as after it was killed.</summary>
    public static async Task<PipelineStatus?> AskAsync(Uri api, CancellationToken cancellation)
    {
        try
        {
            var status = await Http.GetFromJsonAsync<JsonObject>(new Uri(api, "api/pipelines/engagement/status"), cancellation);
            return status is null ? null : new((string)status["phase"]!, (double)status["rowsPerSecond"]!, (long)status["lagRecords"]!, (string?)status["error"], SpreadOf(status["replicas"]!.AsArray()));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Gives the pipeline as many replicas as there are silos.</summary>
    public static async Task ScaleAsync(Uri api, int replicas, CancellationToken cancellation)
    {
        var address = new Uri(api, "api/pipelines/engagement");
        var document = await Http.GetFromJsonAsync<JsonObject>(address, cancellation);
        document!["replicas"] = replicas;
        using var answer = await Http.PutAsync(address, new StringContent(document.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), cancellation);
        answer.EnsureSuccessStatusCode();
    }

    // Replicas a silo, by its port.
    private static string SpreadOf(JsonArray replicas) => string.Join(
        " ",
        replicas.GroupBy(r => (string)r!["silo"]!).Where(g => g.Key.Length > 0).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key.Split(':')[1]}:{g.Count()}"));
}
