using System.Text.Json;
using System.Text.Json.Serialization;
using ClickSink.Engine.Pipelines;
using ClickSink.Grains.Events;
using ClickSink.Grains.Pipelines;
using ClickSink.Grains.Placement;
using ClickSink.Silo.Api;
using ClickSink.Silo.DeadLetters;
using ClickSink.Silo.Events;
using ClickSink.Silo.Health;
using ClickSink.Silo.Hosting;
using ClickSink.Silo.Security;
using ClickSink.Silo.Supervision;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

var builder = WebApplication.CreateBuilder(args);
var faults = new List<string>();
var options = SiloHostOptionsReader.Read(builder.Configuration, faults);
if (faults.Count > 0)
{
    foreach (var fault in faults) Console.Error.WriteLine(fault);
    return 78; // EX_CONFIG of sysexits.h
}

// A line for each request would drown what matters; Logging__LogLevel__Microsoft.AspNetCore=Information brings them back.
builder.Logging.ClearProviders().AddJsonConsole(o =>
{
    o.UseUtcTimestamp = true;
    o.TimestampFormat = "O";
});
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
builder.WebHost.UseUrls(options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.MaxRequestBodySize = 16 * DocumentText.MaxLength;
    kestrel.AddServerHeader = false;
});
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = options.ShutdownTimeout);
builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
builder.Services.AddProblemDetails();
// A body that does not fit is told as everything else that is thrown, with the reason.
builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
builder.Services.AddExceptionHandler<ProblemHandler>();
builder.Services.AddAuthentication(TokenAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
builder.Services.AddAuthorization();
builder.Services.AddOpenApi();
builder.Services.AddSingleton<PostgresCheck>();
builder.Services.AddHealthChecks().AddCheck<ReadyCheck>("cluster").AddCheck<PostgresCheck>("postgres");
builder.Services.AddSingleton<ReplicaCensus>();
builder.Services.AddSingleton<LocalReplicas>();
builder.Services.AddSingleton(new PipelineSettings { PartitionRefresh = options.PartitionRefresh });
builder.Services.AddSingleton<DeadLetterDesk>();
builder.Services.AddSingleton<EventStore>();
builder.Services.AddSingleton<EventBuffer>();
builder.Services.AddSingleton<IEventLog>(services => services.GetRequiredService<EventBuffer>());
// Before Orleans, so that it ends after the grains: their last events are stored as well.
builder.Services.AddHostedService<PostgresEventLog>();
builder.AddSilo(options);
// After Orleans, so that it starts when grains can be called and ends before they cannot.
builder.Services.AddHostedService<PipelineSupervisor>();
builder.Services.AddHostedService<ReplicaBalancer>();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();
app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthText.WriteAsync });
app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = HealthText.WriteAsync });
app.MapOpenApi().RequireAuthorization();
app.MapPipelines();
app.MapSetup();
app.MapTransforms();
app.MapCluster();
app.MapEvents();
await app.RunAsync();
return 0;
