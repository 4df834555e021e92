using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickSink.Silo.Health;

/// <summary>The answer of the health addresses.</summary>
internal static class HealthText
{
    public static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(new { status = report.Status.ToString(), checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Description ?? e.Value.Status.ToString()) });
}
