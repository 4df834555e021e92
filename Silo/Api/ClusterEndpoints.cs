using System.Text.Json;
using ClickSink.Grains.Interfaces.Catalog;
using ClickSink.Grains.Interfaces.Cluster;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Silo.Hosting;
using Orleans.Runtime;

namespace ClickSink.Silo.Api;

/// <summary>The REST API for the cluster: which silos there are and what runs where.</summary>
internal static class ClusterEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapCluster(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/cluster", GetAsync).WithTags("Cluster").RequireAuthorization().WithName("GetCluster").WithSummary("The silos and what runs on each").Produces<ClusterStatus>();

    private static async Task<IResult> GetAsync(IGrainFactory grains, CancellationToken cancellation)
    {
        var hosts = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts().WaitAsync(Patience, cancellation);
        var ids = await grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).ListAsync(cancellation);
        var answers = await Task.WhenAll(ids.Select(id => AskAsync(grains, id, cancellation)));
        var unanswered = ids.Where((_, i) => !answers[i].Answered).ToArray();
        return TypedResults.Ok(new ClusterStatus(Describe(hosts, [.. answers.Select(a => a.Status).OfType<PipelineStatus>()]), ids.Length, unanswered));
    }

    // What is asked while a silo dies must not wait for it: the rest of the cluster is the answer then.
    private static async Task<(bool Answered, PipelineStatus? Status)> AskAsync(IGrainFactory grains, string id, CancellationToken cancellation)
    {
        try
        {
            return (true, await grains.GetGrain<IPipelineGrain>(id).GetStatusAsync(cancellation).WaitAsync(Patience, cancellation));
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return (false, null);
        }
    }

    private static SiloView[] Describe(IEnumerable<MembershipEntry> hosts, IReadOnlyList<PipelineStatus> pipelines)
    {
        var replicas = pipelines.SelectMany(p => p.Replicas.Where(r => !r.IsAway).Select(r => (Key: $"{p.Id}/{r.Slot}", Replica: r))).ToLookup(r => r.Replica.Silo);
        return
        [
            .. hosts.OrderBy(h => h.Status is not SiloStatus.Active).ThenBy(h => h.SiloAddress.ToString(), StringComparer.Ordinal).Select(host =>
            {
                var address = host.SiloAddress.ToString();
                return new SiloView
                {
                    Address = address,
                    HostName = host.HostName,
                    Status = JsonNamingPolicy.CamelCase.ConvertName(host.Status.ToString()),
                    Since = new DateTimeOffset(DateTime.SpecifyKind(host.StartTime, DateTimeKind.Utc)),
                    Version = ProgramVersion.Read(host.SiloName),
                    RowsPerSecond = replicas[address].Sum(r => r.Replica.RowsPerSecond),
                    Replicas = [.. replicas[address].Select(r => r.Key).Order(StringComparer.Ordinal)],
                };
            }),
        ];
    }
}
