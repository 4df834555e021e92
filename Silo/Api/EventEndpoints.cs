using ClickSink.Engine.Pipelines;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Silo.Events;

namespace ClickSink.Silo.Api;

/// <summary>The REST API for what happened.</summary>
internal static class EventEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    public static void MapEvents(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/events", GetAsync).WithTags("Events").RequireAuthorization().WithName("ListEvents")
            .WithSummary("What happened to the pipelines, newest first; also to those that are deleted").Produces<EventPage>().ProducesProblem(400);

    private static async Task<IResult> GetAsync(string? pipeline, int? limit, long? before, EventStore store, CancellationToken cancellation)
    {
        if (pipeline is not null && !PipelineId.IsValid(pipeline)) return Problems.BadParameter("pipeline", pipeline, PipelineId.Rule);
        if (limit is < 1 or > MaxLimit) return Problems.BadParameter("limit", $"{limit}", $"must be from 1 to {MaxLimit}");
        if (before is < 1) return Problems.BadParameter("before", $"{before}", "must be the number of an event, as 'before' of an earlier answer is");
        return TypedResults.Ok(await store.ReadAsync(pipeline, before, limit ?? DefaultLimit, cancellation));
    }
}
