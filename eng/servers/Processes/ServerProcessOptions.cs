namespace ClickSink.Servers.Processes;

/// <summary>What to run as a server, and how to tell that it is ready.</summary>
public sealed record ServerProcessOptions
{
    /// <summary>A short name: the log is <c>NAME.log</c>, the pid file <c>NAME.pid</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where log and pid file are kept. Must exist.</summary>
    public required string Folder { get; init; }

    /// <summary>The program: a path, or a name that PATH resolves.</summary>
    public required string Program { get; init; }

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables that are added to those of this program.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it is started. Default: <see cref="Folder"/>.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>The user to run as; only root can ask for it. Default: the user of this program.</summary>
    public string? RunAs { get; init; }

    /// <summary>
    /// One try to reach the server over its own protocol. It throws while the server is not ready; what it throws last is part of
    /// the error when the time is up.
    /// </summary>
    public required Func<CancellationToken, Task> Probe { get; init; }

    /// <summary>The signal that ends it in order. Default: SIGTERM.</summary>
    public Signal StopSignal { get; init; } = Signal.Term;

    /// <summary>The signal that the kernel sends it when this program dies. Default: SIGKILL.</summary>
    public Signal OwnerDeathSignal { get; init; } = Signal.Kill;

    /// <summary>How long it may take until the probe succeeds. Default: 60 s, which a machine under load can need.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an orderly stop may take before SIGKILL. Default: 20 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
