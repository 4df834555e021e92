namespace ClickSink.Silo.Api;

/// <summary>Who calls, for the audit.</summary>
internal static class Caller
{
    /// <summary>The caller's name.</summary>
    public static string Name(HttpContext context) => context.User.Identity?.Name ?? "unknown";
}
