using System.Net;
using System.Net.Sockets;
using ClickSink.Servers;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Servers;

public sealed class ServerFolderTests : IDisposable
{
    private readonly string _path = ScratchServers.NewPath();

    public void Dispose()
    {
        ScratchServers.Remove(_path);
        ScratchServers.Remove(_path + "-2");
    }

    [Fact]
    public async Task Open_OwnedByAnother_IsRefused()
    {
        using var owner = await ServerFolder.OpenAsync(_path);
        var fault = await Assert.ThrowsAsync<ServerException>(() => ServerFolder.OpenAsync(_path));
        Assert.Contains(_path, fault.Message);
    }

    [Fact]
    public async Task Claim_OwnedByAnother_TakesTheNext()
    {
        using var owner = await ServerFolder.OpenAsync(_path);
        using var second = await ServerFolder.ClaimAsync(_path);
        Assert.Equal(_path + "-2", second.Path);
    }

    [Fact]
    public async Task Port_OpenedAgain_StaysTheSame()
    {
        int port;
        using (var first = await ServerFolder.OpenAsync(_path))
            port = first.Port("redis");
        using var second = await ServerFolder.OpenAsync(_path);
        Assert.Equal(port, second.Port("redis"));
    }

    [Fact]
    public async Task Port_TakenMeanwhile_IsAnother()
    {
        using var folder = await ServerFolder.OpenAsync(_path);
        var port = folder.Port("redis");
        using var stranger = new TcpListener(IPAddress.Loopback, port);
        stranger.Start();
        Assert.NotEqual(port, folder.Port("redis"));
    }

    [Fact]
    public async Task Port_WantedOneIsTaken_ErrorNamesIt()
    {
        using var folder = await ServerFolder.OpenAsync(_path);
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;
        var fault = Assert.Throws<ServerException>(() => folder.Port("redis", port));
        Assert.Contains($"Port {port}", fault.Message);
    }

    [Fact]
    public async Task Open_Fresh_DropsContentAndFoldersThatLinksOfOursLeadTo()
    {
        var outside = Directory.CreateDirectory($"/var/tmp/clicksink-{Guid.NewGuid():n}").FullName;
        using (var first = await ServerFolder.OpenAsync(_path))
        {
            Directory.CreateDirectory(first["data"]);
            File.WriteAllText(first["file"], "x");
            Directory.CreateSymbolicLink(first["outside"], outside);
        }

        using var second = await ServerFolder.OpenAsync(_path, fresh: true);
        Assert.False(Directory.Exists(outside));
        Assert.Equal(["owner.lock"], Directory.GetFileSystemEntries(_path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Open_Fresh_LeavesAloneWhatOtherLinksLeadTo()
    {
        var elsewhere = Directory.CreateTempSubdirectory().FullName;
        using (var first = await ServerFolder.OpenAsync(_path))
            Directory.CreateSymbolicLink(first["elsewhere"], elsewhere);
        using var second = await ServerFolder.OpenAsync(_path, fresh: true);
        Assert.True(Directory.Exists(elsewhere));
        Directory.Delete(elsewhere);
    }
}
