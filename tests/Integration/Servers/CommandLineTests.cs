using System.Diagnostics;
using ClickSink.Servers.Processes;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Servers;

/// <summary>The tool as scripts call it.</summary>
public sealed class CommandLineTests : IAsyncLifetime
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "ClickSink.Servers");

    private readonly string _data = ScratchServers.NewPath();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        ScratchServers.Remove(_data);
    }

    [Fact]
    public async Task Up_Detached_ServesUntilDown()
    {
        var variables = await Script.RunSuccessfullyAsync(null, Tool, "up", "redis", "--detach", "--data", _data);
        Assert.Contains("export CLICKSINK_REDIS='127.0.0.1:", variables);
        Assert.Equal(0, (await RunAsync("status")).ExitCode);
        var redis = Pid("redis/redis.pid");

        await Script.RunSuccessfullyAsync(null, Tool, "down", "--data", _data);
        Assert.False(redis.IsAlive);
        Assert.Equal(3, (await RunAsync("status")).ExitCode);
    }

    [Fact]
    public async Task Up_FolderInUse_IsRefusedAndTheServersStay()
    {
        await Script.RunSuccessfullyAsync(null, Tool, "up", "redis", "--detach", "--data", _data);
        var (exitCode, output) = await RunAsync("up", "redis", "--detach");
        Assert.Equal(1, exitCode);
        Assert.Contains("is in use by another program", output);
        Assert.Equal(0, (await RunAsync("status")).ExitCode);
    }

    [Fact]
    public async Task Up_ServerCannotStart_SaysWhyAndLeavesNothing()
    {
        var (exitCode, output) = await RunAsync("up", "redis", "embedded", "--embedded-command", "/bin/false", "--detach");
        Assert.Equal(1, exitCode);
        Assert.Contains("embedded ended with exit code 1", output);
        Assert.Empty(Directory.GetFiles(_data, "*.pid", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Keeper_Killed_TakesItsServersAlongAndTheNextUpWorks()
    {
        await Script.RunSuccessfullyAsync(null, Tool, "up", "redis", "--detach", "--data", _data);
        var redis = Pid("redis/redis.pid");
        using (var keeper = Process.GetProcessById(Pid("keeper.pid").Pid))
            keeper.Kill();
        Assert.True(await redis.WaitGoneAsync(TimeSpan.FromSeconds(20)));
        await Script.RunSuccessfullyAsync(null, Tool, "up", "redis", "--detach", "--data", _data);
    }

    [Fact]
    public async Task Owner_Gone_StopsTheServersInOrder()
    {
        using var owner = Process.Start("/bin/sleep", "1000");
        await Script.RunSuccessfullyAsync(null, Tool, "up", "redis", "--detach", "--owner", $"{owner.Id}", "--data", _data);
        var keeper = Pid("keeper.pid");
        var redis = Pid("redis/redis.pid");
        owner.Kill();
        Assert.True(await keeper.WaitGoneAsync(TimeSpan.FromSeconds(20)));
        Assert.False(redis.IsAlive);
    }

    [Fact]
    public async Task Owner_GoneAndStartedAgainAtOnce_WaitsForThePredecessorToStop()
    {
        using var owner = Process.Start("/bin/sleep", "1000");
        await Script.RunSuccessfullyAsync(null, Tool, "up", "redis", "--detach", "--owner", $"{owner.Id}", "--data", _data);
        var redis = Pid("redis/redis.pid");
        owner.Kill();
        await owner.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Script.RunSuccessfullyAsync(null, Tool, "up", "redis", "--detach", "--data", _data);
        Assert.False(redis.IsAlive);
        Assert.Equal(0, (await RunAsync("status")).ExitCode);
    }

    [Fact]
    public async Task Topic_OnARunningKafka_CreatesIt()
    {
        await Script.RunSuccessfullyAsync(null, Tool, "up", "kafka", "--detach", "--data", _data);
        await Script.RunSuccessfullyAsync(null, Tool, "topic", "events", "--partitions", "4", "--data", _data);
        var (exitCode, output) = await RunAsync("topic", "events");
        Assert.Equal(1, exitCode);
        Assert.Contains("Topic events exists already", output);
        await Script.RunSuccessfullyAsync(null, Tool, "topic", "events", "--delete", "--data", _data);
    }

    [Theory]
    [InlineData("--port", "redis")]
    [InlineData("--port", "nothing=1")]
    [InlineData("--port", "redis=65536")]
    [InlineData("--owner", "999999999")]
    public async Task Up_WrongValue_IsRefusedByName(string option, string value)
    {
        var (exitCode, output) = await RunAsync("up", "redis", option, value);
        Assert.Equal(1, exitCode);
        Assert.Contains(value, output);
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => Script.RunAsync(null, [Tool, .. arguments, "--data", _data]);

    private ProcessIdentity Pid(string file) => ProcessIdentity.Parse(File.ReadAllLines(Path.Combine(_data, file))[0])!.Value;
}
