using System.Net;

namespace Orleans.Configuration;

/// <summary>Where a silo listens, and where it says that it does.</summary>
public class EndpointOptions
{
    /// <summary>The default of <see cref="SiloPort"/>.</summary>
    public const int DEFAULT_SILO_PORT = 11111;

    /// <summary>The default of <see cref="GatewayPort"/>.</summary>
    public const int DEFAULT_GATEWAY_PORT = 30000;

    /// <summary>Where others reach the silo. Default: the machine's first address.</summary>
    public IPAddress AdvertisedIPAddress { get; set; } = null!;

    /// <summary>The port for silos.</summary>
    public int SiloPort { get; set; } = DEFAULT_SILO_PORT;

    /// <summary>The port for clients; 0 for no gateway.</summary>
    public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;

    /// <summary>Where to listen for silos. Default: what is advertised.</summary>
    public IPEndPoint? SiloListeningEndpoint { get; set; }

    /// <summary>Where to listen for clients. Default: what is advertised.</summary>
    public IPEndPoint? GatewayListeningEndpoint { get; set; }
}
