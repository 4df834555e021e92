using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClickSink.Tests.Shared;

/// <summary>
/// A schema registry in memory that speaks Confluent's HTTP protocol on a port of loopback, as far as producers and readers of messages need it: register, look up by id and by
/// subject and version, with references, basic authentication and TLS. It can be told to be away.
/// </summary>
public sealed class SchemaRegistryServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<JsonObject> _schemas = [];
    private readonly ConcurrentDictionary<string, List<int>> _subjects = new();
    private readonly string? _credentials;
    private int _requests;

    private SchemaRegistryServer(WebApplication app, string? credentials)
    {
        _app = app;
        _credentials = credentials;
    }

    /// <summary>Its address.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Requests that came, answered or not.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What it answers instead of anything else while it is "away"; null while it is not.</summary>
    public HttpStatusCode? Away { get; set; }

    /// <summary>Starts one.</summary>
    /// <param name="credentials">The user and password that it wants, with a colon between; null for none.</param>
    /// <param name="certificate">Its certificate, for https.</param>
    /// <param name="clientThumbprint">The thumbprint of the certificate that clients have to show; null if they need none.</param>
    public static async Task<SchemaRegistryServer> StartAsync(string? credentials = null, X509Certificate2? certificate = null, string? clientThumbprint = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is null) return;
            listen.UseHttps(certificate, https =>
            {
                https.ClientCertificateMode = clientThumbprint is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (shown, _, _) => shown.Thumbprint == clientThumbprint;
            });
        }));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        if (certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        var server = new SchemaRegistryServer(builder.Build(), credentials);
        server._app.Use(server.CheckAsync);
        server._app.UseRouting();
        server._app.MapGet("/schemas/ids/{id:int}", server.ById);
        server._app.MapGet("/subjects/{subject}/versions/{version:int}", server.ByVersion);
        server._app.MapPost("/subjects/{subject}/versions", server.RegisterAsync);
        server._app.MapGet("/config", () => Results.Json(new { compatibilityLevel = "BACKWARD" }));
        await server._app.StartAsync();
        server.Url = server._app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return server;
    }

    /// <summary>Registers a schema as the next version of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="schema">The schema's text.</param>
    /// <param name="type">Its type.</param>
    /// <param name="references">What it refers to: the name, the subject and the version of each.</param>
    /// <returns>Its id.</returns>
    public int Register(string subject, string schema, string type = "AVRO", params (string Name, string Subject, int Version)[] references)
    {
        var body = new JsonObject { ["schema"] = schema };
        // As the real one: what is of type Avro does not say so.
        if (type != "AVRO") body["schemaType"] = type;
        if (references.Length > 0)
            body["references"] = new JsonArray([.. references.Select(r => new JsonObject { ["name"] = r.Name, ["subject"] = r.Subject, ["version"] = r.Version })]);
        return Register(subject, body);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private int Register(string subject, JsonObject body)
    {
        lock (_schemas)
        {
            var versions = _subjects.GetOrAdd(subject, _ => []);
            var known = _schemas.FindIndex(schema => JsonNode.DeepEquals(schema, body));
            if (known < 0)
            {
                _schemas.Add(body);
                known = _schemas.Count - 1;
            }

            if (!versions.Contains(known + 1)) versions.Add(known + 1);
            return known + 1;
        }
    }

    private async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _requests);
        var expected = _credentials is null ? null : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(_credentials))}";
        if (Away is { } status) context.Response.StatusCode = (int)status;
        else if (expected is not null && context.Request.Headers.Authorization != expected) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else await next(context);
    }

    private IResult ById(int id)
    {
        lock (_schemas) return id >= 1 && id <= _schemas.Count ? Answer((JsonObject)_schemas[id - 1].DeepClone()) : NotFound(40403, "Schema not found");
    }

    private IResult ByVersion(string subject, int version)
    {
        lock (_schemas)
        {
            // A slash in a path segment stays escaped in route values.
            if (!_subjects.TryGetValue(Uri.UnescapeDataString(subject), out var versions)) return NotFound(40401, $"Subject '{subject}' not found.");
            if (version < 1 || version > versions.Count) return NotFound(40402, $"Version {version} not found.");
            var answer = (JsonObject)_schemas[versions[version - 1] - 1].DeepClone();
            answer["subject"] = subject;
            answer["version"] = version;
            answer["id"] = versions[version - 1];
            return Answer(answer);
        }
    }

    private async Task<IResult> RegisterAsync(string subject, HttpRequest request)
    {
        var body = (JsonObject)(await JsonNode.ParseAsync(request.Body))!;
        return Answer(new JsonObject { ["id"] = Register(subject, body) });
    }

    private static IResult Answer(JsonObject body) => Results.Text(body.ToJsonString(), "application/vnd.schemaregistry.v1+json");

    private static IResult NotFound(int code, string message) =>
        Results.Text(new JsonObject { ["error_code"] = code, ["message"] = message }.ToJsonString(), "application/vnd.schemaregistry.v1+json", statusCode: 404);
}
