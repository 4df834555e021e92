using System.Net;

namespace ClickSink.Embedded;

/// <summary>Finds every fault of <see cref="EmbeddedClickHouseOptions"/> at once.</summary>
public static class EmbeddedClickHouseOptionsValidator
{
    /// <summary>The faults, each naming the option, its value and the rule; empty when the options are good.</summary>
    public static IReadOnlyList<string> Validate(EmbeddedClickHouseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new List<string>();

        if (string.IsNullOrWhiteSpace(options.DataPath))
            faults.Add("DataPath is empty: name the folder that is to hold the data.");
        else if (File.Exists(options.DataPath))
            faults.Add($"DataPath '{options.DataPath}' is a file: name a folder.");
        else
            CheckPattern("DataPath", options.DataPath, faults);

        if (!IsLoopback(options.Address))
        {
            faults.Add(
                $"Address '{options.Address}' is not a loopback address: use 127.0.0.1, ::1 or localhost. " +
                "Whoever may query this server may read and write files as its user, so it is not for a network; run clickhouse-server for that.");
        }
        if (options.Port is < 0 or > 65535)
            faults.Add($"Port {options.Port} is out of range: use 1 to 65535, or 0 for a free port.");
        if (string.IsNullOrWhiteSpace(options.User))
            faults.Add("User is empty: name the user, for example 'default'.");
        if (options.LibraryPath is { } library && !File.Exists(library))
            faults.Add($"LibraryPath '{library}' does not exist: name libchdb.so, or leave it out to have it looked for.");
        if (options.MaxConcurrentQueries is < 1 or > 1024)
            faults.Add($"MaxConcurrentQueries {options.MaxConcurrentQueries} is out of range: use 1 to 1024.");
        if (options.MaxQueuedQueries is < 0 or > 100_000)
            faults.Add($"MaxQueuedQueries {options.MaxQueuedQueries} is out of range: use 0 to 100000.");
        if (options.MaxMemoryBytes != 0 && options.MaxMemoryBytes < 64L << 20)
            faults.Add($"MaxMemoryBytes {options.MaxMemoryBytes} is too small: use at least 67108864 (64 MiB), or 0 for half of the machine's memory.");
        if (options.SpoolPath is { } spool && File.Exists(spool))
            faults.Add($"SpoolPath '{spool}' is a file: name a folder.");
        CheckPattern("SpoolPath", options.SpoolPath ?? "", faults);
        if (options.StopTimeout < TimeSpan.Zero || options.StopTimeout > TimeSpan.FromHours(1))
            faults.Add($"StopTimeout {options.StopTimeout} is out of range: use 0 to 1 hour.");
        return faults;
    }

    private static void CheckPattern(string option, string path, List<string> faults)
    {
        if (path.AsSpan().ContainsAny("*?{}\n") || path.Contains("::", StringComparison.Ordinal))
            faults.Add($"{option} '{path}' holds one of * ? {{ }} :: or a line break, which the engine takes for a pattern: name another folder.");
    }

    /// <summary>Whether <paramref name="address"/> is this machine's loopback.</summary>
    internal static bool IsLoopback(string address) =>
        string.Equals(address, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address, out var ip) && IPAddress.IsLoopback(ip));
}
