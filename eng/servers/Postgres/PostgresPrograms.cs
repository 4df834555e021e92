namespace ClickSink.Servers.Postgres;

/// <summary>Where PostgreSQL's own programs are, and who may run them.</summary>
internal static class PostgresPrograms
{
    // Debian keeps the versions side by side and out of PATH.
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>PostgreSQL refuses to run as root, so root runs it as the user that Debian's package made. Null: as ourselves.</summary>
    public static string? User { get; } = Environment.UserName == "root" ? "postgres" : null;

    /// <summary>The folder of <c>postgres</c> and <c>initdb</c>: the newest version that is installed.</summary>
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var versions = Directory.Exists(DebianFolder) ? Directory.GetDirectories(DebianFolder) : [];
        return versions
            .Select(path => (Path: Path.Combine(path, "bin"), Version: int.TryParse(Path.GetFileName(path), out var version) ? version : 0))
            .Where(found => File.Exists(Path.Combine(found.Path, "postgres")))
            .OrderByDescending(found => found.Version)
            .Select(found => found.Path)
            .FirstOrDefault()
            ?? Path.GetDirectoryName(Programs.Find("postgres"))!;
    }
}
