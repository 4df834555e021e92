using ClickSink.Servers.Processes;

namespace ClickSink.Servers;

/// <summary>A ClickSink silo as a process of its own, with its REST API on loopback.</summary>
public sealed class SiloServer : Server
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Prepares a silo.</summary>
    /// <param name="folder">Where its log and ports are kept.</param>
    /// <param name="postgres">Connection string of the cluster's database.</param>
    /// <param name="apiPort">Port of the REST API; a free one by default.</param>
    /// <param name="settings">Further settings of the section <c>ClickSink</c>; without an <c>ApiToken</c> among them the API is open.</param>
    /// <param name="name">Name of the process in its folder.</param>
    public SiloServer(ServerFolder folder, string postgres, int? apiPort = null, IReadOnlyDictionary<string, string>? settings = null, string name = "silo")
        : base(folder)
    {
        Name = name;
        ApiPort = folder.Port($"{name}-api", apiPort);
        SiloPort = folder.Port($"{name}-silo");
        var environment = new Dictionary<string, string>
        {
            ["ClickSink__Postgres"] = postgres,
            ["ClickSink__Urls"] = $"http://127.0.0.1:{ApiPort}",
            ["ClickSink__SiloPort"] = $"{SiloPort}",
            ["ClickSink__GatewayPort"] = $"{folder.Port($"{name}-gateway")}",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>()) environment[$"ClickSink__{key}"] = value;
        if (!environment.ContainsKey("ClickSink__ApiToken")) environment["ClickSink__Open"] = "true";
        Process = new(new ServerProcessOptions
        {
            Name = name,
            Folder = folder.Path,
            Program = Checkout.Program("Silo", "ClickSink.Silo"),
            Environment = environment,
            Probe = ProbeAsync,
            // Blocks in hand are finished first.
            StopTimeout = TimeSpan.FromSeconds(40),
            OwnerDeathSignal = Signal.Term,
        });
    }

    /// <inheritdoc />
    public override string Name { get; }

    /// <summary>Port of the REST API.</summary>
    public int ApiPort { get; }

    /// <summary>Port for other silos, by which the cluster names it.</summary>
    public int SiloPort { get; }

    /// <summary>Address of the REST API.</summary>
    public Uri Api => new($"http://127.0.0.1:{ApiPort}/");

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string> { ["CLICKSINK_SERVER"] = $"{Api}" };

    /// <inheritdoc />
    protected override ServerProcess Process { get; }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var answer = await Http.GetAsync(new Uri(Api, "health/ready"), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
