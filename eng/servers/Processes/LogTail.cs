namespace ClickSink.Servers.Processes;

/// <summary>The end of a log file, for error messages.</summary>
internal static class LogTail
{
    private const int MaxLines = 30;
    private const int MaxBytes = 16 * 1024;

    /// <summary>The last lines that were written after <paramref name="from"/>, indented.</summary>
    public static string Read(string path, long from = 0)
    {
        if (!File.Exists(path))
            return "  (no log file)";
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = Math.Min(file.Length, Math.Max(from, file.Length - MaxBytes));
        using var reader = new StreamReader(file);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? "  (nothing was logged)" : string.Join('\n', lines.TakeLast(MaxLines).Select(line => "  " + line));
    }
}
