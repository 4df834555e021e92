using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClickSink.Servers;

namespace ClickSink.Tests.Shared.Chaos;

/// <summary>The silos of one cluster, of which some run.</summary>
public sealed class SiloPool
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Makes the pool of silos that were added to a set already.</summary>
    public SiloPool(IReadOnlyList<SiloServer> silos) => All = silos;

    /// <summary>Every silo, running or not.</summary>
    public IReadOnlyList<SiloServer> All { get; }

    /// <summary>Those that run; a frozen one counts.</summary>
    public IReadOnlyList<SiloServer> Running => [.. All.Where(silo => silo.IsRunning)];

    /// <summary>Those that do not.</summary>
    public IReadOnlyList<SiloServer> Ended => [.. All.Where(silo => !silo.IsRunning)];

    /// <summary>Asks the silos, one after the other, until one answers with success.</summary>
    public async Task<JsonNode?> AskAsync(HttpMethod method, string path, string? body, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            foreach (var silo in Running)
            {
                try
                {
                    using var request = new HttpRequestMessage(method, new Uri(silo.Api, path)) { Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/yaml") };
                    using var answer = await Http.SendAsync(request, cancellation);
                    if (answer.IsSuccessStatusCode) return answer.Content.Headers.ContentLength == 0 ? null : await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation);
                    if ((int)answer.StatusCode is >= 400 and < 500) throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}");
                }
                catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException or TaskCanceledException && !cancellation.IsCancellationRequested)
                {
                    // This one is between two lives, or frozen: the next one may not be.
                    _ = e;
                }
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>The replicas of a pipeline by the silo that they run on; null while nobody knows.</summary>
    public async Task<IReadOnlyDictionary<string, List<JsonNode>>?> ReplicasBySiloAsync(string pipeline, CancellationToken cancellation)
    {
        var status = await AskAsync(HttpMethod.Get, $"api/pipelines/{pipeline}/status", null, cancellation);
        return status?["replicas"]?.AsArray().GroupBy(r => PortOf((string?)r!["silo"] ?? "")).ToDictionary(g => g.Key, g => g.Select(r => r!).ToList());
    }

    /// <summary>The port in a silo's address, by which a replica's silo is told.</summary>
    public static string PortOf(string silo) => silo.Split(':') is [_, var port, ..] ? port : "";
}
