using ClickSink.Grains.Interfaces.Cluster;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Rewinds;

namespace ClickSink.Silo.Api;

/// <summary>The REST API for operating a pipeline that is there: its replicas, its assignments, rewinds.</summary>
internal static class OperationEndpoints
{
    private const int MaxReplicas = 1024;

    public static void MapOperations(this RouteGroupBuilder group)
    {
        group.MapPut("/{id}/replicas", PutReplicasAsync).WithName("PutPipelineReplicas").WithSummary("Says how many replicas share the partitions of a pipeline")
            .Produces<ReplicasBody>().ProducesProblem(404).ProducesProblem(422);
        group.MapGet("/{id}/assignments", GetAssignmentsAsync).WithName("GetPipelineAssignments").WithSummary("Which replica has which partitions, where, and how far each is")
            .Produces<PipelineAssignments>().ProducesProblem(404);
        group.MapPost("/{id}/rewind", RewindAsync).WithName("RewindPipeline")
            .WithSummary("Sends a pipeline to other offsets, or stores ranges once more; refused while it is started unless forced")
            .Produces<RewindAnswer>(202).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503);
    }

    private static async Task<IResult> PutReplicasAsync(HttpContext context, string id, ReplicasBody body, IGrainFactory grains, CancellationToken cancellation)
    {
        if (body.Replicas is < 1 or > MaxReplicas)
            return Problems.Request([new DocumentFault { Path = "replicas", Value = $"{body.Replicas}", Rule = $"must be from 1 to {MaxReplicas}" }]);
        return await Pipeline(grains, id).SetReplicasAsync(body.Replicas, Caller.Name(context), cancellation) ? TypedResults.Ok(body) : Problems.NotFound(id);
    }

    private static async Task<IResult> GetAssignmentsAsync(string id, IGrainFactory grains, CancellationToken cancellation) =>
        await Pipeline(grains, id).GetStatusAsync(cancellation) is { } status ? TypedResults.Ok(PipelineAssignments.Of(status)) : Problems.NotFound(id);

    private static async Task<IResult> RewindAsync(HttpContext context, string id, RewindBody body, IGrainFactory grains, CancellationToken cancellation)
    {
        var faults = new List<DocumentFault>();
        if (RewindReader.Read(body, Caller.Name(context), faults) is not { } request) return Problems.Request(faults);
        var result = await Pipeline(grains, id).RewindAsync(request, cancellation);
        return result.Outcome switch
        {
            RewindOutcome.Accepted => TypedResults.Accepted($"/api/pipelines/{id}/status", new RewindAnswer(result.Message)),
            RewindOutcome.NotFound => Problems.NotFound(id),
            RewindOutcome.Refused => Problems.Request(result.Faults),
            RewindOutcome.Unavailable => TypedResults.Problem(result.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Kafka does not answer"),
            _ => TypedResults.Problem(result.Message, statusCode: StatusCodes.Status409Conflict, title: "The pipeline cannot be rewound now"),
        };
    }

    private static IPipelineGrain Pipeline(IGrainFactory grains, string id) => grains.GetGrain<IPipelineGrain>(id);
}
