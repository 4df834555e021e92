using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ClickSink.Servers;

/// <summary>
/// Free ports on loopback. They are drawn below the kernel's ephemeral range: in it, a client that dials a server which is down can be given the
/// server's own port as its source, connect to itself, and keep the port from the server that wants to come back.
/// </summary>
internal static class Ports
{
    private const int First = 10_240;
    private const int Tries = 200;

    // What this program has promised to a server that may not listen yet.
    private static readonly ConcurrentDictionary<int, bool> Promised = [];

    public static int PickFree()
    {
        var end = EphemeralStart();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var port = Random.Shared.Next(First, end);
            if (Promised.TryAdd(port, true) && IsFree(port))
                return port;
        }

        throw new ServerException($"No free port was found on 127.0.0.1 in {Tries} tries between {First} and {end}; see `ss -ltn`.");
    }

    /// <summary>True when a server could listen on the port now.</summary>
    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // As servers do: connections of a predecessor that linger in TIME_WAIT are no obstacle.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int EphemeralStart()
    {
        const string Setting = "/proc/sys/net/ipv4/ip_local_port_range";
        var start = File.Exists(Setting) ? int.Parse(File.ReadAllText(Setting).Split((char[])['\t', ' '])[0]) : 32_768;
        return start > First + 1_000 ? start : 32_768;
    }
}
