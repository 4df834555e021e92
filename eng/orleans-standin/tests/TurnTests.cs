using Microsoft.Extensions.Hosting;
using Orleans.Standin.TestSilo;

namespace Orleans.Standin.Tests;

/// <summary>Who runs when inside one activation.</summary>
public sealed class TurnTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private IHost _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.CreateAsync();
        _silo = await _cluster.StartSiloAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Call_WhileAnotherAwaits_WaitsForItsEnd()
    {
        var (grain, gate) = (Grain("exclusive"), Gates.Named("exclusive"));
        var first = grain.Hold("exclusive");
        await gate.Entered.WaitAsync(TestContext.Current.CancellationToken);
        var second = grain.Name();

        Assert.Equal(1, await grain.Running());
        Assert.False(second.IsCompleted);

        gate.Opened.SetResult();
        await first;
        Assert.Equal("exclusive", await second);
    }

    [Fact]
    public async Task ReadOnlyCalls_RunBesideEachOther_AndNotBesideAWrite()
    {
        var (grain, reading, writing) = (Grain("readers"), Gates.Named("reading"), Gates.Named("writing"));
        var readers = Task.WhenAll(grain.HoldReading("reading"), grain.HoldReading("reading"));
        await reading.Entered.WaitAsync(TestContext.Current.CancellationToken);
        await reading.Entered.WaitAsync(TestContext.Current.CancellationToken);
        var writer = grain.Hold("writing");

        Assert.Equal(2, await grain.Running());
        Assert.Equal(0, writing.Entered.CurrentCount);

        reading.Opened.SetResult();
        await readers;
        await writing.Entered.WaitAsync(TestContext.Current.CancellationToken);
        writing.Opened.SetResult();
        await writer;
    }

    [Fact]
    public async Task Scheduler_CapturedInOnActivate_RunsTurnsFromOutside() =>
        Assert.True(await Grain("scheduler").QueuesTurnsFromOutside());

    [Fact]
    public async Task Timer_Interleaving_TicksUntilDisposed() =>
        Assert.Equal(3, await _silo.Grains().GetGrain<IClockGrain>("timer").WaitForTicks(3));

    [Fact]
    public async Task Reminder_Registered_TicksAndEnds()
    {
        var grain = _silo.Grains().GetGrain<IClockGrain>("reminder");
        await grain.Remind(TimeSpan.FromMilliseconds(300), TimeSpan.FromMinutes(1));

        Assert.Equal("wake every 00:01:00", await grain.WaitForReminder());
        Assert.True(await grain.ForgetReminder());
        Assert.False(await grain.ForgetReminder());
    }

    [Fact]
    public async Task Reminder_ShorterThanTheMinimum_IsRefused()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => _silo.Grains().GetGrain<IClockGrain>("hasty").Remind(TimeSpan.Zero, TimeSpan.FromMilliseconds(1)));

        Assert.Contains("shortest", error.Message, StringComparison.Ordinal);
    }

    private ICallsGrain Grain(string key) => _silo.Grains().GetGrain<ICallsGrain>(key);
}
