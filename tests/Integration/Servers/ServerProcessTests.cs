using System.Diagnostics;
using ClickSink.Servers;
using ClickSink.Servers.Processes;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Servers;

public sealed class ServerProcessTests : IDisposable
{
    private const string Forever = "touch ready; while :; do sleep 0.1; done";

    private readonly string _folder = ScratchServers.NewPath();

    public void Dispose() => ScratchServers.Remove(_folder);

    [Fact]
    public async Task Start_ProgramEndsAtOnce_ErrorNamesExitCodeAndShowsTheLog()
    {
        await using var server = new ServerProcess(Script.Server(_folder, "echo no such setting >&2; exit 7"));
        var fault = await Assert.ThrowsAsync<ServerException>(() => server.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("exit code 7", fault.Message);
        Assert.Contains("  no such setting", fault.Message);
        Assert.False(server.IsRunning);
    }

    [Fact]
    public async Task Start_NeverReady_ErrorNamesTheLastTryAndNothingIsLeft()
    {
        var options = Script.Server(_folder, "echo $$ >pid; while :; do sleep 0.1; done") with { StartTimeout = TimeSpan.FromSeconds(1) };
        await using var server = new ServerProcess(options);
        var fault = await Assert.ThrowsAsync<ServerException>(() => server.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("not ready after 1 s", fault.Message);
        Assert.Contains("there is no file called ready", fault.Message);
        Assert.Null(ProcessIdentity.Of(int.Parse(File.ReadAllText(Path.Combine(_folder, "pid")))));
    }

    [Fact]
    public async Task Stop_ServerTakesTheSignal_EndsInOrder()
    {
        await using var server = new ServerProcess(Script.Server(_folder, $"trap 'echo in order; exit 0' TERM; {Forever}"));
        await server.StartAsync(TestContext.Current.CancellationToken);
        Assert.True(await server.StopAsync());
        Assert.Contains("in order", await File.ReadAllTextAsync(server.LogPath, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(_folder, "*.pid"));
    }

    [Fact]
    public async Task Stop_ServerIgnoresTheSignal_IsKilled()
    {
        await using var server = new ServerProcess(Script.Server(_folder, $"trap '' TERM; {Forever}") with { StopTimeout = TimeSpan.FromMilliseconds(300) });
        await server.StartAsync(TestContext.Current.CancellationToken);
        var pid = server.Pid!.Value;
        Assert.False(await server.StopAsync());
        Assert.Null(ProcessIdentity.Of(pid));
    }

    [Fact]
    public async Task Freeze_RunningServer_StopsItsThreadsUntilThawed()
    {
        await using var server = new ServerProcess(Script.Server(_folder, Forever));
        await server.StartAsync(TestContext.Current.CancellationToken);
        server.Freeze();
        Assert.True(Becomes(server, frozen: true));
        server.Thaw();
        Assert.True(Becomes(server, frozen: false));
        server.Freeze();
        // A frozen server must not make stopping take its whole time.
        Assert.True(await server.StopAsync());
    }

    [Fact]
    public async Task Start_LeftoverOfAKilledOwner_IsStoppedFirst()
    {
        using var leftover = Process.Start("/bin/sleep", "1000");
        Directory.CreateDirectory(_folder);
        WritePidFile(ProcessIdentity.Of(leftover.Id)!.Value);
        await using var server = new ServerProcess(Script.Server(_folder, Forever));
        await server.StartAsync(TestContext.Current.CancellationToken);
        Assert.Null(ProcessIdentity.Of(leftover.Id));
        Assert.True(server.IsRunning);
    }

    [Fact]
    public async Task Start_PidFileNamesARecycledId_LeavesThatProcessAlone()
    {
        using var stranger = Process.Start("/bin/sleep", "1000");
        try
        {
            Directory.CreateDirectory(_folder);
            var identity = ProcessIdentity.Of(stranger.Id)!.Value;
            WritePidFile(identity with { StartTicks = identity.StartTicks - 1 });
            await using var server = new ServerProcess(Script.Server(_folder, Forever));
            await server.StartAsync(TestContext.Current.CancellationToken);
            Assert.True(identity.IsAlive);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("12\n")]
    [InlineData("one two three\n15\n")]
    public async Task Start_PidFileIsDamaged_IsIgnored(string content)
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "script.pid"), content, TestContext.Current.CancellationToken);
        await using var server = new ServerProcess(Script.Server(_folder, Forever));
        await server.StartAsync(TestContext.Current.CancellationToken);
        Assert.True(server.IsRunning);
    }

    // A signal is sent at once and acted on by the other process a moment later.
    private static bool Becomes(ServerProcess server, bool frozen) => SpinWait.SpinUntil(
        () =>
        {
            var stat = File.ReadAllText($"/proc/{server.Pid}/stat");
            return (stat[stat.LastIndexOf(')') + 2] == 'T') == frozen;
        },
        TimeSpan.FromSeconds(10));

    private void WritePidFile(ProcessIdentity identity) => File.WriteAllText(Path.Combine(_folder, "script.pid"), $"{identity}\n15\n");
}
