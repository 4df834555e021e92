using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClickSink.Demo;

/// <summary>The few things of a pipeline's status that the progress line shows.</summary>
internal sealed record PipelineStatus(string Phase, double RowsPerSecond, long LagRecords, string? Error)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Asks the silo; null while it does not answer, as after it was killed.</summary>
    public static async Task<PipelineStatus?> AskAsync(Uri api, CancellationToken cancellation)
    {
        try
        {
            var status = await Http.GetFromJsonAsync<JsonObject>(new Uri(api, "api/pipelines/engagement/status"), cancellation);
            return status is null ? null : new((string)status["phase"]!, (double)status["rowsPerSecond"]!, (long)status["lagRecords"]!, (string?)status["error"]);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
