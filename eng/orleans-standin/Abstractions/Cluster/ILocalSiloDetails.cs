namespace Orleans.Runtime;

/// <summary>The silo that this process is.</summary>
public interface ILocalSiloDetails
{
    /// <summary>The silo's name.</summary>
    string Name { get; }

    /// <summary>The cluster it belongs to.</summary>
    string ClusterId { get; }

    /// <summary>The name of its machine.</summary>
    string DnsHostName { get; }

    /// <summary>Where silos reach it.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>Where clients reach it; null without a gateway.</summary>
    SiloAddress GatewayAddress { get; }
}
