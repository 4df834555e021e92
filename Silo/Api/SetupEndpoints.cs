using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Setup;
using ClickSink.Engine.Sources.Kafka.Sampling;
using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Silo.Api;

/// <summary>
/// The REST API for setting a pipeline up: what do the servers have, what is in the topic, what could the pipeline be. Nothing is changed
/// by any of it.
/// </summary>
internal static class SetupEndpoints
{
    private const string Json = "application/json";
    private static readonly string[] Yaml = ["application/yaml"];

    public static void MapSetup(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api").WithTags("Setup").RequireAuthorization();
        group.MapPost("/validate", ValidateAsync).WithName("ValidateDocument")
            .WithSummary(
                "Checks a document, and the servers that it names; `***` stands for a secret of the pipeline of that id at the same address")
            .Accepts<object>(Json, Yaml).Produces<SetupReport>().ProducesProblem(422);
        group.MapPost("/validate/kafka", KafkaAsync).WithName("ValidateKafka")
            .WithSummary("Asks Kafka for its topics or, if one is named, for what is in it")
            .Accepts<object>(Json, Yaml).Produces<KafkaReport>().ProducesProblem(422);
        group.MapPost("/validate/kafka/sample", SampleAsync).WithName("SampleKafka")
            .WithSummary("Takes a few messages of a topic, without a consumer group")
            .Accepts<object>(Json, Yaml).Produces<SampleAnswer>().ProducesProblem(422).ProducesProblem(503);
        group.MapPost("/validate/clickhouse", ClickHouseAsync).WithName("ValidateClickHouse")
            .WithSummary("Asks a ClickHouse server what it is and which databases it has")
            .Accepts<object>(Json, Yaml).Produces<ClickHouseReport>().ProducesProblem(422);
        group.MapPost("/validate/clickhouse/table", TableAsync).WithName("ValidateTable")
            .WithSummary("Compares a table with a mapping: each difference, with the fix")
            .Accepts<object>(Json, Yaml).Produces<TableReport[]>().ProducesProblem(422);
        group.MapPost("/infer", InferAsync).WithName("InferPipeline")
            .WithSummary("Proposes mapping, table and document for a topic from a sample of it")
            .Accepts<object>(Json, Yaml).Produces<SetupProposal>().ProducesProblem(422).ProducesProblem(503);
    }

    private static async Task<IResult> KafkaAsync(HttpContext context, CancellationToken cancellation)
    {
        var faults = new FaultList();
        return await ReadAsync(context, SetupNeeds.Brokers, faults, cancellation) is { } request
            ? TypedResults.Ok(await SetupChecks.KafkaAsync(request.Kafka!, cancellation))
            : Refuse(faults);
    }

    private static async Task<IResult> SampleAsync(HttpContext context, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var faults = new FaultList();
        if (await ReadAsync(context, SetupNeeds.Topic, faults, cancellation) is not { } request) return Refuse(faults);
        var sample = await Task.Run(() => KafkaSampler.Take(request.Kafka!, request.Sample, Logger(loggers), cancellation), cancellation);
        return TypedResults.Ok(SampleAnswer.Of(sample));
    }

    private static async Task<IResult> ClickHouseAsync(HttpContext context, CancellationToken cancellation)
    {
        var faults = new FaultList();
        return await ReadAsync(context, SetupNeeds.ClickHouse, faults, cancellation) is { } request
            ? TypedResults.Ok(await SetupChecks.ClickHouseAsync(request.Clickhouse!, cancellation))
            : Refuse(faults);
    }

    private static async Task<IResult> TableAsync(HttpContext context, CancellationToken cancellation)
    {
        var faults = new FaultList();
        return await ReadAsync(context, SetupNeeds.Table | SetupNeeds.Mapping, faults, cancellation) is { } request
            ? TypedResults.Ok(await SetupChecks.TablesAsync(request.Clickhouse!, SetupChecks.Compile(request.Mapping!), cancellation))
            : Refuse(faults);
    }

    private static async Task<IResult> InferAsync(HttpContext context, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var faults = new FaultList();
        if (await ReadAsync(context, SetupNeeds.Topic | SetupNeeds.Fields, faults, cancellation) is not { } request) return Refuse(faults);
        if (request.Clickhouse is { Table: null })
            faults.Add("clickhouse.table", null, "is required: the table that the rows are to go to");
        return faults.Count > 0
            ? Refuse(faults)
            : TypedResults.Ok(await SetupInference.ProposeAsync(request, Logger(loggers), cancellation));
    }

    private static async Task<IResult> ValidateAsync(
        HttpContext context, IGrainFactory grains, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var text = await RequestBody.ReadAsync(context, cancellation);
        var faults = new FaultList();
        var document = PipelineDocument.Read(text, faults, await StoredSetup.FindForAsync(grains, text, cancellation));
        return document is null
            ? Refuse(faults)
            : TypedResults.Ok(await SetupChecks.DocumentAsync(document.Options, new SampleOptions(), Logger(loggers), cancellation));
    }

    private static async Task<SetupRequest?> ReadAsync(HttpContext context, SetupNeeds needs, FaultList faults, CancellationToken cancellation) =>
        SetupRequestReader.Read(await RequestBody.ReadAsync(context, cancellation), needs, faults);

    private static ILogger Logger(ILoggerFactory loggers) => loggers.CreateLogger("ClickSink.Setup");

    private static IResult Refuse(FaultList faults) =>
        Problems.Request([.. faults.Select(f => new DocumentFault { Path = f.Path, Value = f.Value, Rule = f.Rule })]);
}
