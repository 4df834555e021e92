using System.Net;
using System.Net.Sockets;

namespace Orleans.Standin.Hosting;

/// <summary>Finds the address behind a host name.</summary>
internal static class HostAddress
{
    public static IPAddress Resolve(string? hostname, AddressFamily family)
    {
        var name = string.IsNullOrEmpty(hostname) ? Dns.GetHostName() : hostname;
        if (IPAddress.TryParse(name, out var address))
            return address;

        return (name == "localhost" ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : Addresses(name))
            .Where(candidate => candidate.AddressFamily == family)
            .OrderBy(IPAddress.IsLoopback)
            .FirstOrDefault()
            ?? throw new ArgumentException($"The host name \"{name}\" has no {family} address: give one that others reach this machine by.", nameof(hostname));
    }

    private static IPAddress[] Addresses(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name);
        }
        catch (SocketException)
        {
            // Said above, with the name.
            return [];
        }
    }
}
