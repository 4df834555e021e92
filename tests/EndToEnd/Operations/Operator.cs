using System.Text.Json;
using System.Text.Json.Nodes;
using ClickSink.Servers;
using ClickSink.Tests.EndToEnd.Stage;
using ClickSink.Tests.Shared;

namespace ClickSink.Tests.EndToEnd.Operations;

/// <summary>What an operator does to a pipeline and looks at, beyond what every test of a pipeline does.</summary>
internal static class Operator
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks for a rewind.</summary>
    public static Task<ApiAnswer> RewindAsync(this PipelineUnderTest pipeline, object body) =>
        pipeline.Api.SendAsync(HttpMethod.Post, $"api/pipelines/{pipeline.Id}/rewind", JsonSerializer.Serialize(body), "application/json");

    public static Task<ApiAnswer> SetReplicasAsync(this PipelineUnderTest pipeline, int replicas) =>
        pipeline.Api.SendAsync(HttpMethod.Put, $"api/pipelines/{pipeline.Id}/replicas", JsonSerializer.Serialize(new { replicas }), "application/json");

    public static async Task<JsonNode> AssignmentsAsync(this PipelineUnderTest pipeline) => (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}/assignments")).Success().Json;

    /// <summary>The events of a pipeline, newest first.</summary>
    public static async Task<List<JsonNode>> EventsAsync(this PipelineUnderTest pipeline, string? kind = null)
    {
        var page = (await pipeline.Api.GetAsync($"api/events?pipeline={pipeline.Id}&limit=1000")).Success().Json;
        return [.. page["events"]!.AsArray().OfType<JsonNode>().Where(e => kind is null || (string)e["kind"]! == kind)];
    }

    /// <summary>Waits for an event and returns the newest of its kind; events are written a moment after they happen.</summary>
    public static async Task<JsonNode> WaitForEventAsync(this PipelineUnderTest pipeline, string kind, int count = 1)
    {
        List<JsonNode> found = [];
        await Until.TrueAsync(
            async () => (found = await pipeline.EventsAsync(kind)).Count >= count,
            async () => $"{count} {kind} expected; there are {string.Join(" | ", (await pipeline.EventsAsync()).Select(e => e.ToJsonString()))}",
            Patience);
        return found[0];
    }

    /// <summary>Stops or pauses it, and waits until it is.</summary>
    public static async Task RestAsync(this PipelineUnderTest pipeline, string state = "stopped")
    {
        await pipeline.SetStateAsync(state);
        await pipeline.WaitForPhaseAsync(state);
    }

    /// <summary>Waits until everything in the topic is checkpointed.</summary>
    public static Task CatchUpAsync(this PipelineUnderTest pipeline) =>
        pipeline.WaitForAsync(s => (string?)s["phase"] == "running" && (long)s["lagRecords"]! == 0 && (string?)s["pendingRewind"] is null, "running without lag");

    /// <summary>A silo with further settings, in a cluster of its own unless a database is given.</summary>
    public static Task<SiloServer> StartSiloAsync(ScratchServers servers, string database, params (string Name, string Value)[] settings)
    {
        var all = settings.Append(("ApiToken", Cluster.Token)).ToDictionary(s => s.Item1, s => s.Item2);
        var name = $"silo-{Guid.NewGuid():n}";
        return servers.StartAsync(name, folder => new SiloServer(folder, database, settings: all, name: name));
    }
}
