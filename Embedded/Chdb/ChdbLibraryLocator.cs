namespace ClickSink.Embedded.Chdb;

/// <summary>Finds libchdb.so: the option, the environment, node_modules upwards, the system.</summary>
internal static class ChdbLibraryLocator
{
    public const string EnvironmentVariable = "CLICKSINK_CHDB_LIBRARY";

    private const string InNodeModules = "node_modules/@chdb/lib-linux-x64-gnu/libchdb.so";

    private static readonly string[] SystemPaths =
        ["/usr/local/lib/libchdb.so", "/usr/lib/x86_64-linux-gnu/libchdb.so", "/usr/lib64/libchdb.so", "/usr/lib/libchdb.so"];

    /// <summary>The library's path, or an exception that names every place that was looked at.</summary>
    public static string Locate(string? option) =>
        Locate(option, Environment.GetEnvironmentVariable(EnvironmentVariable), [Environment.CurrentDirectory, AppContext.BaseDirectory]);

    internal static string Locate(string? option, string? environment, IReadOnlyList<string> startFolders)
    {
        if (option is not null)
            return option;
        if (!string.IsNullOrEmpty(environment))
        {
            return File.Exists(environment)
                ? environment
                : throw new EmbeddedClickHouseException(
                    $"{EnvironmentVariable} is '{environment}', which does not exist: correct it, or unset it to have libchdb.so looked for.");
        }

        foreach (var candidate in Candidates(startFolders))
        {
            if (File.Exists(candidate))
                return candidate;
        }
        throw new EmbeddedClickHouseException(
            $"libchdb.so was not found in {InNodeModules} in or above {string.Join(" or ", startFolders)}, nor in {string.Join(", ", SystemPaths)}. " +
            $"Run 'npm install @chdb/lib-linux-x64-gnu', or set {EnvironmentVariable} to its path.");
    }

    private static IEnumerable<string> Candidates(IReadOnlyList<string> startFolders)
    {
        foreach (var start in startFolders)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                yield return Path.Combine(folder.FullName, InNodeModules);
                // The repository's own copy lives under eng/npm, so that the root stays free of node_modules.
                yield return Path.Combine(folder.FullName, "eng", "npm", InNodeModules);
            }
        }
        foreach (var path in SystemPaths)
            yield return path;
    }
}
