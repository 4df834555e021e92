using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Setup;
using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Silo.Api;

/// <summary>The REST API for trying transforms out.</summary>
internal static class TransformEndpoints
{
    public static void MapTransforms(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/transforms").WithTags("Setup").RequireAuthorization();
        group.MapPost("/dry-run", DryRunAsync).WithName("DryRun").WithSummary("What a document would make of messages: rows as they would be stored, their routes, and what is rejected and why. Nothing is stored")
            .Accepts<object>("application/json", "application/yaml").Produces<DryRunReport>().ProducesProblem(422);
    }

    private static async Task<IResult> DryRunAsync(HttpContext context, IGrainFactory grains, CancellationToken cancellation)
    {
        var faults = new FaultList();
        if (DryRunReader.Read(await RequestBody.ReadAsync(context, cancellation), faults) is not var (text, messages)) return Refuse(faults);
        var document = PipelineDocument.Read(text, faults, await StoredSetup.FindForAsync(grains, text, cancellation));
        // Decoding can take a while, and a schema registry be slow to answer.
        return document is null ? Refuse(faults) : TypedResults.Ok(await Task.Run(() => DryRun.Try(document.Options, messages), cancellation));
    }

    private static IResult Refuse(FaultList faults) => Problems.Request([.. faults.Select(f => new DocumentFault { Path = f.Path, Value = f.Value, Rule = f.Rule })]);
}
