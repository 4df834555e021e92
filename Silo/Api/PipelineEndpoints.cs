using System.Globalization;
using System.Text;
using ClickSink.Engine.Pipelines;
using ClickSink.Grains.Interfaces.Catalog;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Pipelines;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ClickSink.Silo.Api;

/// <summary>The REST API for pipelines.</summary>
internal static class PipelineEndpoints
{
    private const string Json = "application/json";

    // The registered name and the older ones that RFC 9512 lists for it.
    private static readonly string[] Yaml = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"];

    public static void MapPipelines(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/pipelines").WithTags("Pipelines").RequireAuthorization().AddEndpointFilter(RefuseImpossibleIds);
        group.MapGet("", ListAsync).WithName("ListPipelines").WithSummary("All pipelines, with what they are doing").Produces<PipelineSummary[]>();
        group.MapPost("", CreateAsync).WithName("CreatePipeline").WithSummary("Creates a pipeline from a document, YAML or JSON")
            .Accepts<object>(Json, Yaml).Produces<object>(201).ProducesProblem(409).ProducesProblem(422);
        group.MapGet("/{id}", GetAsync).WithName("GetPipeline").WithSummary("The document of a pipeline, secrets masked").Produces<object>().ProducesProblem(404);
        group.MapPut("/{id}", PutAsync).WithName("PutPipeline").WithSummary("Creates a pipeline or gives it a new version; If-Match guards against overwriting another's change")
            .Accepts<object>(Json, Yaml).Produces<object>().Produces<object>(201).ProducesProblem(412).ProducesProblem(422);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeletePipeline").WithSummary("Drains a pipeline and forgets it; rows that are stored stay").Produces(202).ProducesProblem(404);
        group.MapGet("/{id}/state", GetStateAsync).WithName("GetPipelineState").WithSummary("What is wanted of a pipeline").Produces<PipelineStateBody>().ProducesProblem(404);
        group.MapPut("/{id}/state", PutStateAsync).WithName("PutPipelineState").WithSummary("Starts, pauses or stops a pipeline").Produces<PipelineStateBody>().ProducesProblem(404);
        group.MapGet("/{id}/status", GetStatusAsync).WithName("GetPipelineStatus").WithSummary("What a pipeline is doing").Produces<PipelineStatus>().ProducesProblem(404);
        group.MapOperations();
        group.MapDeadLetters();
        group.MapPipelineSetup();
    }

    // No grain is asked for an id that no pipeline can have.
    private static ValueTask<object?> RefuseImpossibleIds(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.RouteValues.TryGetValue("id", out var id) && !PipelineId.IsValid(id as string)
            ? ValueTask.FromResult<object?>(context.HttpContext.Request.Method == HttpMethods.Put ? Problems.BadId(id as string ?? "") : Problems.NotFound(id as string ?? ""))
            : next(context);

    private static async Task<IResult> ListAsync(IGrainFactory grains, CancellationToken cancellation)
    {
        var ids = await grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).ListAsync(cancellation);
        var all = await Task.WhenAll(ids.Select(id => Pipeline(grains, id).GetStatusAsync(cancellation)));
        return TypedResults.Ok(all.Where(s => s is not null).Select(s => new PipelineSummary(s!.Id, s.Phase, s.Running, s.Version, s.RowsPerSecond, s.LagRecords, s.Error)).ToArray());
    }

    private static async Task<IResult> CreateAsync(HttpContext context, IGrainFactory grains, CancellationToken cancellation)
    {
        var document = await RequestBody.ReadAsync(context, cancellation);
        // Which grain it goes to stands in the document, so that much of it is read here; the grain validates it as a whole.
        var faults = new FaultList();
        var id = DocumentText.Parse(document, faults)?["id"]?.ToString();
        if (!PipelineId.IsValid(id))
        {
            if (faults.Count == 0) faults.Add("id", id, PipelineId.Rule);
            return Problems.Faults([.. faults.Select(f => new DocumentFault { Path = f.Path, Value = f.Value, Rule = f.Rule })]);
        }

        var result = await Pipeline(grains, id).ApplyAsync(Request(context, document, expected: 0), cancellation);
        return result.Outcome is ApplyOutcome.Conflict ? Problems.Exists(id) : Answer(context, id, result);
    }

    private static async Task<IResult> GetAsync(HttpContext context, string id, IGrainFactory grains, CancellationToken cancellation)
    {
        if (await Pipeline(grains, id).GetAsync(cancellation) is not { } view) return Problems.NotFound(id);
        SetHeaders(context, view);
        return TypedResults.Text(view.Document, Json, Encoding.UTF8);
    }

    private static async Task<IResult> PutAsync(HttpContext context, string id, IGrainFactory grains, [FromHeader(Name = "If-Match")] string? ifMatch, CancellationToken cancellation)
    {
        int? expected = null;
        if (ifMatch is not null && ifMatch != "*")
        {
            if (!int.TryParse(ifMatch.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return Problems.BadHeader("If-Match", ifMatch);
            expected = version;
        }

        var document = await RequestBody.ReadAsync(context, cancellation);
        return Answer(context, id, await Pipeline(grains, id).ApplyAsync(Request(context, document, expected), cancellation));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, string id, IGrainFactory grains, CancellationToken cancellation) =>
        await Pipeline(grains, id).DeleteAsync(Caller.Name(context), cancellation) ? TypedResults.Accepted($"/api/pipelines/{id}/status") : Problems.NotFound(id);

    private static async Task<IResult> GetStateAsync(string id, IGrainFactory grains, CancellationToken cancellation) =>
        await Pipeline(grains, id).GetAsync(cancellation) is { } view ? TypedResults.Ok(State(view.Wanted)) : Problems.NotFound(id);

    private static async Task<IResult> PutStateAsync(HttpContext context, string id, PipelineStateBody body, IGrainFactory grains, CancellationToken cancellation)
    {
        var wanted = body.State.ToWanted();
        return await Pipeline(grains, id).SetStateAsync(wanted, Caller.Name(context), cancellation) ? TypedResults.Ok(State(wanted)) : Problems.NotFound(id);
    }

    private static async Task<IResult> GetStatusAsync(string id, IGrainFactory grains, CancellationToken cancellation) =>
        await Pipeline(grains, id).GetStatusAsync(cancellation) is { } status ? TypedResults.Ok(status) : Problems.NotFound(id);

    private static IPipelineGrain Pipeline(IGrainFactory grains, string id) => grains.GetGrain<IPipelineGrain>(id);

    private static PipelineStateBody State(WantedState wanted) => new(wanted.ToDesired());

    private static ApplyRequest Request(HttpContext context, string document, int? expected) => new() { Document = document, By = Caller.Name(context), ExpectedVersion = expected };

    private static IResult Answer(HttpContext context, string id, ApplyResult result)
    {
        switch (result.Outcome)
        {
            case ApplyOutcome.Refused: return Problems.Faults(result.Faults);
            case ApplyOutcome.Conflict: return Problems.Conflict(id, result.Version);
        }

        SetHeaders(context, result.Pipeline!);
        context.Response.Headers.Location = $"/api/pipelines/{id}";
        var status = result.Outcome is ApplyOutcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return TypedResults.Text(result.Pipeline!.Document, Json, Encoding.UTF8, status);
    }

    private static void SetHeaders(HttpContext context, PipelineView view)
    {
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = new EntityTagHeaderValue($"\"{view.Version}\"");
        headers.LastModified = view.At;
        context.Response.Headers["X-ClickSink-Changed-By"] = view.By;
    }
}
