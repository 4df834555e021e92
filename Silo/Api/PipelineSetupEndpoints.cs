using System.Text.Json;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Setup;
using ClickSink.Engine.Sinks.ClickHouse.Tables;
using ClickSink.Engine.Sources.Kafka.Sampling;
using Microsoft.AspNetCore.Mvc;

namespace ClickSink.Silo.Api;

/// <summary>
/// The REST API for the servers of a pipeline that is there: samples, checks, databases and tables, with the secrets of its document.
/// </summary>
internal static class PipelineSetupEndpoints
{
    public static void MapPipelineSetup(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/sample", SampleAsync).WithName("SamplePipeline")
            .WithSummary("Takes a few messages of a pipeline's topic, without touching its progress")
            .Produces<SampleAnswer>().ProducesProblem(404).ProducesProblem(422).ProducesProblem(503);
        group.MapPost("/{id}/validate", ValidateAsync).WithName("ValidatePipeline")
            .WithSummary("Checks Kafka, ClickHouse, the table and the newest messages against a pipeline's document")
            .Produces<SetupReport>().ProducesProblem(404);
        group.MapPost("/{id}/validate/kafka", KafkaAsync).WithName("ValidatePipelineKafka")
            .WithSummary("Asks a pipeline's brokers for its topic").Produces<KafkaReport>().ProducesProblem(404);
        group.MapPost("/{id}/validate/clickhouse", ClickHouseAsync).WithName("ValidatePipelineClickHouse")
            .WithSummary("Asks a pipeline's ClickHouse server what it is")
            .Produces<ClickHouseReport>().ProducesProblem(404);
        group.MapPost("/{id}/validate/clickhouse-table", TableAsync).WithName("ValidatePipelineTable")
            .WithSummary("Compares a pipeline's table with its mapping")
            .Produces<TableReport[]>().ProducesProblem(404);
        group.MapGet("/{id}/clickhouse/databases", DatabasesAsync).WithName("ListPipelineDatabases")
            .WithSummary("The databases of a pipeline's ClickHouse server")
            .Produces<string[]>().ProducesProblem(404).ProducesProblem(503);
        group.MapGet("/{id}/clickhouse/tables", TablesAsync).WithName("ListPipelineTables")
            .WithSummary("The tables of a database, by default the one of the pipeline's sink")
            .Produces<TableSummary[]>().ProducesProblem(404).ProducesProblem(503);
        group.MapGet("/{id}/clickhouse/schema", SchemaAsync).WithName("GetPipelineTableSchema")
            .WithSummary("Columns, keys, size and guarantee of a table, by default that of the pipeline's sink")
            .Produces<TableSchema>().ProducesProblem(404).ProducesProblem(503);
    }

    private static Task<IResult> SampleAsync(
        string id, [FromQuery] int? count, [FromQuery] string? from, [FromQuery] string? timeout, IGrainFactory grains, ILoggerFactory loggers, CancellationToken cancellation) =>
        OnDocumentAsync(id, grains, cancellation, async document =>
        {
            var options = new SampleOptions();
            if (count is < 1 or > SampleOptions.MaxCount)
                return Problems.BadParameter("count", $"{count}", $"must be from 1 to {SampleOptions.MaxCount}");
            var patience = options.Timeout;
            if (timeout is not null
                && (!Duration.TryParse(timeout, out patience) || patience < TimeSpan.FromMilliseconds(100) || patience > TimeSpan.FromMinutes(1)))
                return Problems.BadParameter("timeout", timeout, "must be from 100ms to 1m");
            var places = Enum.GetValues<SampleFrom>().ToDictionary(place => JsonNamingPolicy.CamelCase.ConvertName(place.ToString()));
            if (from is not null && !places.ContainsKey(from))
                return Problems.BadParameter("from", from, $"must be one of {string.Join(", ", places.Keys)}");
            options = options with { Count = count ?? options.Count, From = from is null ? options.From : places[from], Timeout = patience };
            var logger = loggers.CreateLogger("ClickSink.Setup");
            return TypedResults.Ok(
                SampleAnswer.Of(await Task.Run(() => KafkaSampler.Take(document.Options.Source.Kafka!, options, logger, cancellation), cancellation)));
        });

    private static Task<IResult> ValidateAsync(string id, IGrainFactory grains, ILoggerFactory loggers, CancellationToken cancellation) =>
        OnDocumentAsync(id, grains, cancellation, async document =>
            TypedResults.Ok(
                await SetupChecks.DocumentAsync(document.Options, new SampleOptions(), loggers.CreateLogger("ClickSink.Setup"), cancellation)));

    private static Task<IResult> KafkaAsync(string id, IGrainFactory grains, CancellationToken cancellation) =>
        OnDocumentAsync(
            id, grains, cancellation,
            async document => TypedResults.Ok(await SetupChecks.KafkaAsync(document.Options.Source.Kafka!, cancellation)));

    private static Task<IResult> ClickHouseAsync(string id, IGrainFactory grains, CancellationToken cancellation) =>
        OnSinkAsync(
            id, grains, cancellation,
            async request => TypedResults.Ok(await SetupChecks.ClickHouseAsync(request.Clickhouse!, cancellation)));

    private static Task<IResult> TableAsync(string id, IGrainFactory grains, CancellationToken cancellation) =>
        OnDocumentAsync(id, grains, cancellation, async document => SetupRequestReader.From(document.Options).Clickhouse is { } sink
            ? TypedResults.Ok(
                await SetupChecks.TablesAsync(sink, PipelinePlan.Compile(document.Options, version: 1, generation: 1).Layout.Output, cancellation))
            : Problems.NoClickHouse(id));

    private static Task<IResult> DatabasesAsync(string id, IGrainFactory grains, CancellationToken cancellation) =>
        OnSinkAsync(id, grains, cancellation, async request =>
        {
            using var inspector = SetupChecks.Inspector(request.Clickhouse!);
            return TypedResults.Ok(await inspector.DatabasesAsync(cancellation));
        });

    private static Task<IResult> TablesAsync(string id, [FromQuery] string? database, IGrainFactory grains, CancellationToken cancellation) =>
        OnSinkAsync(id, grains, cancellation, async request =>
        {
            using var inspector = SetupChecks.Inspector(request.Clickhouse!);
            return TypedResults.Ok(await inspector.TablesAsync(database ?? request.Clickhouse!.Database, cancellation));
        });

    private static Task<IResult> SchemaAsync(string id, [FromQuery] string? database, [FromQuery] string? table, IGrainFactory grains, CancellationToken cancellation) =>
        OnSinkAsync(id, grains, cancellation, async request =>
        {
            var (wantedDatabase, wantedTable) = (
                database ?? request.Clickhouse!.Database, table ?? request.Clickhouse!.Table ?? request.Clickhouse.Tables[0].Table);
            using var inspector = SetupChecks.Inspector(request.Clickhouse!);
            return await inspector.TableAsync(wantedDatabase, wantedTable, cancellation) is { } schema
                ? TypedResults.Ok(schema)
                : Problems.NoTable(wantedDatabase, wantedTable);
        });

    private static async Task<IResult> OnDocumentAsync(string id, IGrainFactory grains, CancellationToken cancellation, Func<PipelineDocument, Task<IResult>> answer) =>
        await StoredSetup.FindAsync(grains, id, cancellation) is { } document ? await answer(document) : Problems.NotFound(id);

    private static Task<IResult> OnSinkAsync(string id, IGrainFactory grains, CancellationToken cancellation, Func<SetupRequest, Task<IResult>> answer) =>
        OnDocumentAsync(id, grains, cancellation, async document =>
        {
            var request = SetupRequestReader.From(document.Options);
            return request.Clickhouse is null ? Problems.NoClickHouse(id) : await answer(request);
        });
}
