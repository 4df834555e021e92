using Microsoft.Extensions.Hosting;
using Orleans.Standin.TestSilo;

namespace Orleans.Standin.Tests.Cluster;

/// <summary>Two builds of a program in one cluster, as during an upgrade silo by silo: two processes, two assemblies of other names.</summary>
[Collection(ClusterCollection.Name)]
public sealed class BuildsTests : IAsyncLifetime
{
    private readonly List<SiloProcess> _silos = [];
    private TestCluster _cluster = null!;
    private IHost _client = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.CreateAsync();
        _silos.Add(await SiloProcess.StartAsync(_cluster));
        _silos.Add(await SiloProcess.StartNextAsync(_cluster));
        _client = await _cluster.StartClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Calls_ThroughBothBuilds_KeepWhatBothKnow()
    {
        var parcel = new Parcel { Name = "p", Counts = { ["a"] = [1, 2] }, Shape = new Circle { Radius = 2 }, Position = new Position(3, 4) };

        // Random placement: of many grains some run on either silo, and each silo is the gateway of some.
        for (var i = 0; i < 40; i++)
        {
            var back = await _client.Grains().GetGrain<ICallsGrain>($"calls-{i}").Echo(parcel);

            Assert.Equal(("p", new Position(3, 4)), (back.Name, back.Position));
            Assert.Equal(2, Assert.IsType<Circle>(back.Shape).Radius);
        }
    }

    [Fact]
    public async Task Upgrade_AndTheWayBack_KeepTheState()
    {
        var grains = Enumerable.Range(0, 20).Select(i => _client.Grains().GetGrain<ICounterGrain>($"counter-{i}")).ToList();
        foreach (var grain in grains)
            await grain.Add(1);
        var places = await Task.WhenAll(grains.Select(grain => grain.Where()));
        Assert.All(_silos, silo => Assert.Contains(places, place => place.Contains($":{silo.Port}:", StringComparison.Ordinal)));

        await _silos[0].StopAsync();
        foreach (var grain in grains)
            Assert.Equal(2, await Eventually.CallAsync(() => grain.Add(1)));

        _silos.Add(await SiloProcess.StartAsync(_cluster));
        await _silos[1].StopAsync();
        foreach (var grain in grains)
            Assert.Equal(2, await Eventually.CallAsync(() => grain.Get()));
    }
}
