using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Processes;
using ClickSink.Servers.Redis;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Servers;

public sealed class ServerSetTests : IDisposable
{
    private readonly string _path = ScratchServers.NewPath();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => ScratchServers.Remove(_path);

    [Fact]
    public async Task Dispose_AfterStart_LeavesNoProcessAndNoPort()
    {
        var set = await ServerSet.OpenAsync(_path);
        var first = await set.AddAsync("first", folder => new RedisServer(folder));
        var second = await set.AddAsync("second", folder => new RedisServer(folder));
        await set.StartAsync(Cancellation);
        int[] pids = [first.Pid!.Value, second.Pid!.Value];
        await set.DisposeAsync();
        Assert.All(pids, pid => Assert.Null(ProcessIdentity.Of(pid)));
        Assert.Empty(Directory.GetFiles(_path, "*.pid", SearchOption.AllDirectories));
        using var folder = await ServerFolder.OpenAsync(Path.Combine(_path, "first"));
        Assert.Equal(first.Port, folder.Port("redis", first.Port));
    }

    [Fact]
    public async Task Start_OneCannot_StopsTheOthersAndNamesIt()
    {
        await using var set = await ServerSet.OpenAsync(_path);
        var redis = await set.AddAsync("redis", folder => new RedisServer(folder));
        await set.AddAsync("embedded", folder => new EmbeddedClickHouseServer(folder, command: ["/bin/sh", "-c", "exit 3"]));
        var fault = await Assert.ThrowsAsync<ServerException>(() => set.StartAsync(Cancellation));
        Assert.Contains("embedded ended with exit code 3", fault.Message);
        Assert.False(redis.IsRunning);
    }
}
