using ClickSink.Servers.Processes;

namespace ClickSink.Servers.Commands;

/// <summary>What <c>servers up</c> was asked for.</summary>
internal sealed record UpOptions
{
    public required IReadOnlyList<string> Names { get; init; }

    public required string Data { get; init; }

    /// <summary>Ports by the names of servers.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>();

    public string? EmbeddedCommand { get; init; }

    public bool Fresh { get; init; }

    /// <summary>The process that the servers must not outlive; null: they stay until they are stopped.</summary>
    public ProcessIdentity? Owner { get; init; }

    /// <summary>Reads <c>NAME=PORT</c> pairs.</summary>
    public static IReadOnlyDictionary<string, int> ParsePorts(IEnumerable<string> pairs) => pairs
        .Select(pair => pair.Split('=') is [var name, var text] && ServerCatalog.Names.Contains(name) && ushort.TryParse(text, out var port) && port > 0
            ? (Name: name, Port: (int)port)
            : throw new ServerException($"--port \"{pair}\" is not NAME=PORT, with a NAME of {string.Join(", ", ServerCatalog.Names)} and a PORT from 1 to 65535."))
        .ToDictionary(pair => pair.Name, pair => pair.Port);
}
