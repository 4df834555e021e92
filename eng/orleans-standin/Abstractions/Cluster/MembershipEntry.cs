using Orleans.Runtime;

namespace Orleans;

/// <summary>A silo's row in the membership table.</summary>
[GenerateSerializer, Alias("Orleans.MembershipEntry")]
public sealed class MembershipEntry
{
    /// <summary>The silo.</summary>
    [Id(0)]
    public SiloAddress SiloAddress { get; set; } = null!;

    /// <summary>Its state.</summary>
    [Id(1)]
    public SiloStatus Status { get; set; }

    /// <summary>Who suspects it, and since when.</summary>
    [Id(2)]
    public List<Tuple<SiloAddress, DateTime>>? SuspectTimes { get; set; }

    /// <summary>The gateway's port; 0 without a gateway.</summary>
    [Id(3)]
    public int ProxyPort { get; set; }

    /// <summary>The name of its machine.</summary>
    [Id(4)]
    public string HostName { get; set; } = null!;

    /// <summary>The silo's name.</summary>
    [Id(5)]
    public string SiloName { get; set; } = null!;

    /// <summary>When it started, UTC.</summary>
    [Id(9)]
    public DateTime StartTime { get; set; }

    /// <summary>When it last said that it lives, UTC.</summary>
    [Id(10)]
    public DateTime IAmAliveTime { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiloAddress}/{SiloName}/{Status}";
}
