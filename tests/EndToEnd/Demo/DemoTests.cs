using System.Net;
using System.Net.Sockets;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Demo;

/// <summary>What run.sh promises. One at a time: the demo has fixed ports.</summary>
[Trait("Speed", "Slow")]
public sealed class DemoTests
{
    [Fact]
    public async Task Run_SiloKilled_StillVerifiesEveryRow()
    {
        await using var demo = DemoProcess.Start("--rows", "100000", "--exit");
        await demo.WaitForRowsAsync();
        await DemoProcess.KillSiloAsync();

        var (code, last) = await demo.WaitForEndAsync();
        Assert.True(code == 0, demo.Output);
        Assert.Matches(@"^verified 100000 rows in ClickHouse: 0 missing, 0 duplicate, \d+ rows/s$", last);
        Assert.Contains("the silo ended; it is started again", demo.Output);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Interrupt_AfterTheCheck_StopsEverything()
    {
        await using var demo = DemoProcess.Start("--rows", "5000");
        await demo.WaitForLineAsync(line => line.Contains("until Ctrl-C", StringComparison.Ordinal));
        Assert.Contains("verified 5000 rows in ClickHouse: 0 missing, 0 duplicate", demo.Output);
        Assert.All(DemoProcess.Ports, port => Assert.False(IsFree(port)));
        await demo.SignalAsync("INT");

        var (code, _) = await demo.WaitForEndAsync();
        Assert.True(code == 0, demo.Output);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Kill_OfTheDemoItself_TheNextStartWorks()
    {
        await using (var first = DemoProcess.Start("--rows", "100000"))
        {
            await first.WaitForRowsAsync();
            await first.SignalAsync("KILL");
            await first.WaitForEndAsync();
        }

        await using var second = DemoProcess.Start("--rows", "5000", "--exit");
        var (code, last) = await second.WaitForEndAsync();
        Assert.True(code == 0, second.Output);
        Assert.StartsWith("verified 5000 rows in ClickHouse: 0 missing, 0 duplicate", last);
        AssertNothingIsLeft();
    }

    private static void AssertNothingIsLeft()
    {
        Assert.Empty(DemoProcess.RunningServers());
        Assert.All(DemoProcess.Ports, port => Assert.True(IsFree(port), $"port {port} is still in use"));
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
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
}
