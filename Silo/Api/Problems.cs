using System.Text.Json;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse.Tables;
using ClickSink.Engine.Sources;
using ClickSink.Grains.Interfaces.Pipelines;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Orleans.Runtime;

namespace ClickSink.Silo.Api;

/// <summary>Errors as problem details (RFC 9457): what, where, and what to do.</summary>
internal static class Problems
{
    public static IResult NotFound(string id) =>
        TypedResults.Problem($"There is no pipeline '{id}'. GET /api/pipelines lists those that exist.", statusCode: StatusCodes.Status404NotFound, title: "No such pipeline");

    public static IResult NoTable(string database, string table) =>
        TypedResults.Problem($"There is no table '{table}' in the database '{database}'.", statusCode: StatusCodes.Status404NotFound, title: "No such table");

    public static IResult NoClickHouse(string id) =>
        TypedResults.Problem($"Pipeline '{id}' has no ClickHouse sink.", statusCode: StatusCodes.Status404NotFound, title: "No such sink");

    public static IResult Conflict(string id, int version) => TypedResults.Problem(
        version == 0 ? $"There is no pipeline '{id}' to replace." : $"Pipeline '{id}' is at version {version}. Get it, and put your change on that.",
        statusCode: StatusCodes.Status412PreconditionFailed, title: "Another version is in place");

    public static IResult Exists(string id) => TypedResults.Problem(
        $"There is a pipeline '{id}' already. PUT /api/pipelines/{id} gives it a new version.", statusCode: StatusCodes.Status409Conflict, title: "The pipeline exists");

    public static IResult Faults(IReadOnlyCollection<DocumentFault> faults) => TypedResults.Problem(
        $"The document has {faults.Count} {(faults.Count == 1 ? "fault" : "faults")}; nothing was changed.",
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: "The document is not valid",
        extensions: new Dictionary<string, object?> { ["faults"] = faults.Select(f => new { f.Path, f.Value, f.Rule }) });

    public static IResult BadId(string id) => Faults([new DocumentFault { Path = "id", Value = id, Rule = PipelineId.Rule }]);

    /// <summary>A body that can be read but asks for what cannot be.</summary>
    public static IResult Request(IReadOnlyCollection<DocumentFault> faults) => TypedResults.Problem(
        string.Join("; ", faults.Select(f => $"{(f.Path.Length == 0 ? "the request" : f.Path)}{(f.Value is null ? "" : $": '{f.Value}'")} {f.Rule}")) + ". Nothing was changed.",
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: "The request cannot be done",
        extensions: new Dictionary<string, object?> { ["faults"] = faults.Select(f => new { f.Path, f.Value, f.Rule }) });

    public static IResult BadParameter(string name, string value, string rule) => TypedResults.Problem(
        $"{name}: '{value}' {rule}.", statusCode: StatusCodes.Status400BadRequest, title: "A parameter is wrong");

    public static IResult BadHeader(string name, string value) => TypedResults.Problem(
        $"{name}: '{value}' is not an ETag that this API gave out.", statusCode: StatusCodes.Status400BadRequest, title: "Malformed header");

    // Not the exception's own text, which names types of the program.
    private static string Describe(JsonException fault) =>
        $"The body is not the JSON that this address takes{(fault.Path is null or "$" ? "" : $", at {fault.Path}")}{(fault.LineNumber is { } line ? $" (line {line + 1})" : "")}. GET /openapi/v1.json tells what it takes.";

    /// <summary>What was thrown on the way: the caller's mistake, a cluster that does not answer now, or a bug.</summary>
    public static async ValueTask<bool> WriteAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        var (status, title, detail) = exception switch
        {
            BadHttpRequestException { InnerException: JsonException e } => (StatusCodes.Status400BadRequest, "The request cannot be read", Describe(e)),
            BadHttpRequestException e => (e.StatusCode, "The request cannot be read", e.Message),
            SourceUnavailableException => (StatusCodes.Status503ServiceUnavailable, "Kafka does not answer", exception.Message),
            ClickHouseInquiryException { IsRefused: true } => (StatusCodes.Status422UnprocessableEntity, "ClickHouse refuses", exception.Message),
            ClickHouseInquiryException => (StatusCodes.Status503ServiceUnavailable, "ClickHouse does not answer", exception.Message),
            OrleansException or TimeoutException or Npgsql.NpgsqlException =>
                (StatusCodes.Status503ServiceUnavailable, "The cluster does not answer now", $"{exception.Message} Try again in a few seconds; GET /health/ready tells when it is back."),
            _ => (StatusCodes.Status500InternalServerError, "Something went wrong here", "The silo's log tells more."),
        };
        context.Response.StatusCode = status;
        return await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(
            new ProblemDetailsContext { HttpContext = context, ProblemDetails = new ProblemDetails { Status = status, Title = title, Detail = detail } });
    }
}

/// <summary>Turns what was thrown into problem details.</summary>
internal sealed class ProblemHandler : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken) =>
        Problems.WriteAsync(httpContext, exception, cancellationToken);
}
