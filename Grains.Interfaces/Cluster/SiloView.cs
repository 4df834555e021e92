namespace ClickSink.Grains.Interfaces.Cluster;

/// <summary>A silo as the cluster knows it.</summary>
public sealed record SiloView
{
    /// <summary>Its address, with the number that tells this start from earlier ones.</summary>
    public required string Address { get; init; }

    /// <summary>The name of its machine.</summary>
    public required string HostName { get; init; }

    /// <summary>What the membership table says: <c>active</c>, <c>joining</c>, <c>shuttingDown</c>, <c>stopping</c>, <c>dead</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Version of the program that it runs; null when it does not tell.</summary>
    public string? Version { get; init; }

    /// <summary>Rows that its replicas store a second, over the last ten.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>The replicas on it, as <c>pipeline/slot</c>.</summary>
    public string[] Replicas { get; init; } = [];
}
