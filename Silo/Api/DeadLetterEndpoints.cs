using System.Globalization;
using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Sinks;
using ClickSink.Grains.DeadLetters;
using ClickSink.Grains.Events;
using ClickSink.Grains.Interfaces.DeadLetters;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Silo.DeadLetters;

namespace ClickSink.Silo.Api;

/// <summary>The REST API for rejected messages: what there is, and what becomes of it.</summary>
internal static class DeadLetterEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    public static void MapDeadLetters(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/dead-letters", ListAsync).WithName("ListDeadLetters").WithSummary(
            "The rejected messages of a pipeline, with counts by status and column")
            .Produces<DeadLetterPage>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        group.MapGet("/{id}/dead-letters/{partition:int}/{offset:long}", GetAsync).WithName("GetDeadLetter").WithSummary(
            "One rejected message with all of its bytes")
            .Produces<DeadLetterView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        group.MapPost("/{id}/dead-letters/discard", DiscardAsync).WithName("DiscardDeadLetters").WithSummary(
            "Marks rejected messages as not wanted; they are kept, but no replay takes them")
            .Produces<DiscardAnswer>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        group.MapPost("/{id}/dead-letters/replay", ReplayAsync).WithName("ReplayDeadLetters").WithSummary(
            "Stores rejected messages once more, as the present document decodes them")
            .Produces<ReplayStatus>(202).ProducesProblem(404).ProducesProblem(409);
        group.MapGet("/{id}/dead-letters/replay", GetReplayAsync).WithName("GetReplay").WithSummary("The replay that runs, or the last one").Produces<ReplayStatus>().ProducesProblem(404);
        group.MapDelete("/{id}/dead-letters/replay", CancelReplayAsync).WithName("CancelReplay").WithSummary("Ends a replay after what it has in hand").Produces(202).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        string id, string? status, string? column, string? reason, int? partition, long? fromOffset, long? toOffset, DateTimeOffset? since, DateTimeOffset? until, string? after, int? limit,
        DeadLetterDesk desk, CancellationToken cancellation)
    {
        if (limit is < 1 or > MaxLimit) return Problems.BadParameter("limit", $"{limit}", $"must be from 1 to {MaxLimit}");
        DeadLetterStatus? wanted = null;
        if (status is not null)
        {
            if (!Enum.TryParse<DeadLetterStatus>(status, ignoreCase: true, out var known) || !Enum.IsDefined(known) || char.IsDigit(status[0]))
                return Problems.BadParameter("status", status, "must be rejected, replayed or discarded");
            wanted = known;
        }

        (int, long)? place = null;
        if (after is not null)
        {
            if (after.Split(':') is not [var p, var o]
                || !int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var afterPartition)
                || !long.TryParse(o, NumberStyles.None, CultureInfo.InvariantCulture, out var afterOffset))
                return Problems.BadParameter("after", after, "must be what an earlier answer gave as 'after', such as 0:1234");
            place = (afterPartition, afterOffset);
        }

        var filter = new DeadLetterFilter
        {
            Status = wanted,
            Column = column,
            Reason = reason,
            Partition = partition,
            FromOffset = fromOffset,
            ToOffset = toOffset,
            Since = since,
            Until = until,
        };
        return await WithTableAsync(desk, id, cancellation, async table =>
        {
            var (outcome, page) = await DeadLetterDesk.ListAsync(table, filter, place, limit ?? DefaultLimit, cancellation);
            return outcome.Kind is SinkOutcomeKind.Done ? TypedResults.Ok(page) : Away(outcome);
        });
    }

    private static Task<IResult> GetAsync(string id, int partition, long offset, DeadLetterDesk desk, CancellationToken cancellation) =>
        WithTableAsync(desk, id, cancellation, async table =>
    {
        var (outcome, found) = await table.ReadAsync([new LetterKey(partition, offset, 0)], cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return Away(outcome);
        return found.Count > 0
            ? TypedResults.Ok(DeadLetterDesk.View(found[0]))
            : TypedResults.Problem(
                $"There is no dead letter of partition {partition}, offset {offset} in {table.Name}.",
                statusCode: StatusCodes.Status404NotFound, title: "No such dead letter");
    });

    private static Task<IResult> DiscardAsync(
        HttpContext context, string id, DeadLetterBody body, DeadLetterDesk desk, IEventLog events, TimeProvider time, CancellationToken cancellation) => WithTableAsync(desk, id, cancellation, async table =>
    {
        var selection = Selection(body);
        var (outcome, count) = await table.DiscardAsync(Filters.Of(selection), cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return Away(outcome);
        if (count > 0)
        {
            events.Write(new PipelineEvent
            {
                At = time.GetUtcNow(),
                Pipeline = id,
                Kind = EventKind.DeadLettersDiscarded,
                By = Caller.Name(context),
                Detail = $"{count} of {selection.Describe()}",
            });
        }

        return TypedResults.Ok(new DiscardAnswer(count));
    });

    private static async Task<IResult> ReplayAsync(
        HttpContext context, string id, DeadLetterBody body, IGrainFactory grains, CancellationToken cancellation)
    {
        var result = await grains.GetGrain<IDeadLetterReplayGrain>(id).StartAsync(
            new ReplayRequest { Selection = Selection(body), By = Caller.Name(context) }, cancellation);
        return result.Outcome switch
        {
            ReplayOutcome.Accepted => TypedResults.Accepted($"/api/pipelines/{id}/dead-letters/replay", result.Replay),
            ReplayOutcome.NotFound => Problems.NotFound(id),
            _ => Conflict(result.Message),
        };
    }

    private static async Task<IResult> GetReplayAsync(string id, IGrainFactory grains, CancellationToken cancellation) =>
        await grains.GetGrain<IDeadLetterReplayGrain>(id).GetStatusAsync(cancellation) is { } status
            ? TypedResults.Ok(status)
            : NoReplay(id);

    private static async Task<IResult> CancelReplayAsync(
        HttpContext context, string id, IGrainFactory grains, CancellationToken cancellation) =>
        await grains.GetGrain<IDeadLetterReplayGrain>(id).CancelAsync(Caller.Name(context), cancellation)
            ? TypedResults.Accepted($"/api/pipelines/{id}/dead-letters/replay")
            : NoReplay(id);

    private static async Task<IResult> WithTableAsync(
        DeadLetterDesk desk, string id, CancellationToken cancellation, Func<IDeadLetterTable, Task<IResult>> use)
    {
        var (table, whyNot) = await desk.OpenAsync(id, cancellation);
        if (table is null) return whyNot is null ? Problems.NotFound(id) : Conflict(whyNot);
        await using (table)
        {
            return await use(table);
        }
    }

    private static DeadLetterSelection Selection(DeadLetterBody body) => new()
    {
        Column = body.Column,
        Reason = body.Reason,
        Partition = body.Partition,
        FromOffset = body.FromOffset,
        ToOffset = body.ToOffset,
        Since = body.Since,
        Until = body.Until,
    };

    private static IResult Conflict(string message) =>
        TypedResults.Problem(message, statusCode: StatusCodes.Status409Conflict, title: "Dead letters cannot be handled now");

    private static IResult Away(SinkOutcome outcome) =>
        TypedResults.Problem(
            outcome.Error, statusCode: StatusCodes.Status503ServiceUnavailable, title: "The table of dead letters does not answer");

    private static IResult NoReplay(string id) =>
        TypedResults.Problem(
            $"Pipeline '{id}' has no replay of dead letters. POST /api/pipelines/{id}/dead-letters/replay begins one.",
            statusCode: StatusCodes.Status404NotFound, title: "No such replay");
}
