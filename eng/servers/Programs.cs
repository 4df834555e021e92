namespace ClickSink.Servers;

/// <summary>Finds the servers' programs that eng/setup.sh installs.</summary>
internal static class Programs
{
    /// <summary>The path of a program in PATH, or in the folders where Debian puts servers.</summary>
    public static string Find(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(["/usr/bin", "/usr/sbin", "/usr/local/bin"])
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
            ?? throw new ServerException($"The program {name} is not installed. Run `eng/setup.sh test` in the repository.");
    }
}
