using System.Reflection;

namespace ClickSink.Silo.Hosting;

/// <summary>
/// Carries the program's version to the other silos in the silo's name: the membership table has no column for it, and asking each silo would hang on the one
/// that does not answer.
/// </summary>
internal static class ProgramVersion
{
    private const char Separator = '/';

    /// <summary>The version of this build.</summary>
    public static string Own { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>The name of a silo of this build.</summary>
    public static string NameSilo(int siloPort) => $"{Environment.MachineName}-{siloPort}{Separator}{Own}";

    /// <summary>The version in a silo's name; null when there is none.</summary>
    public static string? Read(string? siloName) => siloName?.LastIndexOf(Separator) is { } at and >= 0 ? siloName[(at + 1)..] : null;
}
