using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Locating;
using Orleans.Standin.Membership;

namespace Orleans.Hosting;

/// <summary>A cluster on one machine, without a database.</summary>
public static class CoreHostingExtensions
{
    /// <summary>Makes a cluster of this one silo, on loopback, with its membership in memory.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="siloPort">The port for silos.</param>
    /// <param name="gatewayPort">The port for clients.</param>
    /// <param name="primarySiloEndpoint">Null, or this silo: clusters of several silos need UseAdoNetClustering here.</param>
    /// <param name="serviceId">The service.</param>
    /// <param name="clusterId">The cluster.</param>
    /// <exception cref="OrleansConfigurationException">Another silo is meant to be the primary one.</exception>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = EndpointOptions.DEFAULT_SILO_PORT,
        int gatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        if (primarySiloEndpoint is not null && primarySiloEndpoint.Port != siloPort)
        {
            throw new OrleansConfigurationException(
                $"UseLocalhostClustering makes a cluster of one silo, and {primarySiloEndpoint} is another: use UseAdoNetClustering for several.");
        }

        builder.Services.AddSingleton<IMembershipTable, LocalMembershipTable>();
        builder.Services.AddSingleton<IGrainDirectory, LocalDirectory>();
        return builder
            .ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort)
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));
    }
}
