using System.Globalization;

namespace ClickSink.Embedded;

/// <summary>The arguments of the embedded server's own program.</summary>
internal static class CommandLine
{
    public const string Usage = """
        Usage: ClickSink.Embedded --data-path FOLDER [--port N] [--address A] [--user U] [--library FILE] [--spool-path FOLDER]
                                  [--max-concurrent-queries N] [--max-queued-queries N] [--max-memory-bytes N] [--stop-timeout-seconds N]
        The password, if any, is read from the environment variable CLICKSINK_EMBEDDED_PASSWORD.
        """;

    /// <summary>The options, or null with what is wrong.</summary>
    public static EmbeddedClickHouseOptions? TryParse(ReadOnlySpan<string> arguments, string password, out string fault)
    {
        var options = new EmbeddedClickHouseOptions { DataPath = "", Password = new Secret(password) };
        fault = "";
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length)
            {
                fault = $"{arguments[i]} has no value.";
                return null;
            }
            if (TryApply(options, arguments[i], arguments[i + 1]) is not { } changed)
            {
                fault = $"{arguments[i]} {arguments[i + 1]}: no such argument, or not a number where one is needed.";
                return null;
            }
            options = changed;
        }
        return options;
    }

    private static EmbeddedClickHouseOptions? TryApply(EmbeddedClickHouseOptions options, string name, string value)
    {
        var isNumber = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var count = isNumber ? (int)Math.Min(number, int.MaxValue) : 0;
        return name switch
        {
            "--data-path" or "--data" => options with { DataPath = value },
            "--address" => options with { Address = value },
            "--user" => options with { User = value },
            "--library" => options with { LibraryPath = value },
            "--spool-path" => options with { SpoolPath = value },
            "--port" when isNumber => options with { Port = count },
            "--max-concurrent-queries" when isNumber => options with { MaxConcurrentQueries = count },
            "--max-queued-queries" when isNumber => options with { MaxQueuedQueries = count },
            "--max-memory-bytes" when isNumber => options with { MaxMemoryBytes = number },
            "--stop-timeout-seconds" when isNumber => options with { StopTimeout = TimeSpan.FromSeconds(count) },
            _ => null,
        };
    }
}
