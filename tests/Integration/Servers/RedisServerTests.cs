using ClickSink.Servers.Redis;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Servers;

public sealed class RedisServerTests
{
    [Fact]
    public async Task Start_AfterAKill_HasItsDataOnTheSamePort()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var server = await scratch.StartAsync("redis", folder => new RedisServer(folder));
        await Script.RunSuccessfullyAsync(null, "redis-cli", "-p", $"{server.Port}", "SET", "key", "value");
        await server.KillAsync();
        Assert.NotEqual(0, (await Script.RunAsync(null, "redis-cli", "-p", $"{server.Port}", "PING")).ExitCode);

        await server.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("value\n", await Script.RunSuccessfullyAsync(null, "redis-cli", "-p", $"{server.Port}", "GET", "key"));
    }
}
