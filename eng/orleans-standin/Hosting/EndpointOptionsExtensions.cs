using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Standin.Hosting;

namespace Orleans.Hosting;

/// <summary>A silo's addresses.</summary>
public static class EndpointOptionsExtensions
{
    /// <summary>Sets the ports, on an address that others reach this machine by.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="advertisedIP">The address.</param>
    /// <param name="siloPort">The port for silos.</param>
    /// <param name="gatewayPort">The port for clients; 0 for no gateway.</param>
    /// <param name="listenOnAnyHostAddress">Listen on all addresses of the machine, not just on that one.</param>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder, IPAddress advertisedIP, int siloPort, int gatewayPort, bool listenOnAnyHostAddress = false) =>
        builder.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = advertisedIP;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
            if (!listenOnAnyHostAddress)
                return;
            options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, siloPort);
            options.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Any, gatewayPort);
        });

    /// <summary>Sets the ports, on an address of a host name.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="hostname">The name that others reach this machine by; null for its own name.</param>
    /// <param name="siloPort">The port for silos.</param>
    /// <param name="gatewayPort">The port for clients; 0 for no gateway.</param>
    /// <param name="addressFamily">IPv4 or IPv6.</param>
    /// <param name="listenOnAnyHostAddress">Listen on all addresses of the machine, not just on that one.</param>
    /// <exception cref="ArgumentException">The name has no such address.</exception>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder,
        string? hostname,
        int siloPort,
        int gatewayPort,
        AddressFamily addressFamily = AddressFamily.InterNetwork,
        bool listenOnAnyHostAddress = false) =>
        builder.ConfigureEndpoints(HostAddress.Resolve(hostname, addressFamily), siloPort, gatewayPort, listenOnAnyHostAddress);

    /// <summary>Sets the ports, on the machine's own address.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="siloPort">The port for silos.</param>
    /// <param name="gatewayPort">The port for clients; 0 for no gateway.</param>
    /// <param name="addressFamily">IPv4 or IPv6.</param>
    /// <param name="listenOnAnyHostAddress">Listen on all addresses of the machine, not just on that one.</param>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder,
        int siloPort,
        int gatewayPort,
        AddressFamily addressFamily = AddressFamily.InterNetwork,
        bool listenOnAnyHostAddress = false) =>
        builder.ConfigureEndpoints((string?)null, siloPort, gatewayPort, addressFamily, listenOnAnyHostAddress);
}
