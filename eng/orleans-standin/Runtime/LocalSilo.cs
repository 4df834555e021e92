using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Standin.Runtime;

/// <summary>This silo's name and addresses, fixed when its services are made.</summary>
internal sealed class LocalSilo : ILocalSiloDetails
{
    public LocalSilo(IOptions<SiloOptions> silo, IOptions<EndpointOptions> endpoints, IOptions<ClusterOptions> cluster, TimeProvider time)
    {
        var options = endpoints.Value;
        var generation = SiloAddress.AllocateNewGeneration();
        Name = silo.Value.SiloName;
        ClusterId = cluster.Value.ClusterId;
        DnsHostName = Dns.GetHostName();
        GatewayPort = options.GatewayPort;
        SiloAddress = SiloAddress.New(options.AdvertisedIPAddress, options.SiloPort, generation);
        GatewayAddress = GatewayPort == 0 ? null! : SiloAddress.New(options.AdvertisedIPAddress, GatewayPort, 0);
        StartTime = time.GetUtcNow().UtcDateTime;
    }

    public string Name { get; }

    public string ClusterId { get; }

    public string DnsHostName { get; }

    public SiloAddress SiloAddress { get; }

    public SiloAddress GatewayAddress { get; }

    public int GatewayPort { get; }

    public DateTime StartTime { get; }
}
