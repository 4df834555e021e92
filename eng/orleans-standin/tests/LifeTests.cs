using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Standin.TestSilo;

namespace Orleans.Standin.Tests;

/// <summary>How activations start and end.</summary>
public sealed class LifeTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private IHost _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.CreateAsync();
        _silo = await _cluster.StartSiloAsync(silo => silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionAge = TimeSpan.FromMilliseconds(200);
            options.CollectionQuantum = TimeSpan.FromMilliseconds(50);
        }));
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task DeactivateOnIdle_Asked_TellsTheGrainAndDisposesIt()
    {
        await Grain("asked").End();

        Assert.Equal("ApplicationRequested", await NextOf("asked"));
        Assert.Equal("disposed", await NextOf("asked"));
    }

    [Fact]
    public async Task IdleActivation_IsCollected_AndAKeptOneIsNot()
    {
        await _silo.Grains().GetGrain<IKeptGrain>("kept").Touch();
        await Grain("idle").Touch();

        Assert.Equal("ActivationIdle", await NextOf("idle"));
        Assert.False(LifeGrain.JournalOf("kept").Reader.TryPeek(out _));
    }

    [Fact]
    public async Task OnActivate_Failing_FailsTheCallsThatWait_AndTheNextCallTriesAgain()
    {
        LifeGrain.Failures["failing"] = 1;

        var error = await Assert.ThrowsAsync<InvalidDataException>(Grain("failing").Touch);
        await Grain("failing").Touch();

        Assert.Equal("not yet", error.Message);
    }

    [Fact]
    public async Task Call_ToItself_WaitsInVain_UnlessReentrant()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Grain("knot").CallSelf(1));

        Assert.Equal(3, await _silo.Grains().GetGrain<IKeptGrain>("free").CallSelf(3));
    }

    [Fact]
    public async Task Stop_OfTheSilo_TellsItsGrains_AndEmptiesTheDirectory()
    {
        await _silo.Grains().GetGrain<IKeptGrain>("last").Touch();

        await _silo.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("ShuttingDown", await NextOf("last"));
        Assert.Equal([0L], await TestCluster.QueryAsync(_cluster.Connection, "SELECT count(*) FROM standindirectory", row => row.GetInt64(0)));
        Assert.Equal([(int)SiloStatus.Dead], await TestCluster.QueryAsync(_cluster.Connection, "SELECT status FROM orleansmembershiptable", row => row.GetInt32(0)));
    }

    private static ValueTask<string> NextOf(string key) => LifeGrain.JournalOf(key).Reader.ReadAsync(TestContext.Current.CancellationToken);

    private ILifeGrain Grain(string key) => _silo.Grains().GetGrain<ILifeGrain>(key, typeof(LifeGrain).FullName);
}
