using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Orleans.Standin.Locating;
using Orleans.Standin.TestSilo;

namespace Orleans.Standin.Tests.Cluster;

/// <summary>Real silo processes that are killed, frozen and stopped under a client.</summary>
[Collection(ClusterCollection.Name)]
public sealed class FailoverTests : IAsyncLifetime
{
    private readonly List<SiloProcess> _silos = [];
    private TestCluster _cluster = null!;
    private IHost _client = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.CreateAsync();
        _silos.Add(await SiloProcess.StartAsync(_cluster));
        _silos.Add(await SiloProcess.StartAsync(_cluster));
        _client = await _cluster.StartClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Kill_OfASilo_MovesItsGrainsWithTheirState()
    {
        var onFirst = await GrainsOnAsync(_silos[0], 3);
        foreach (var grain in onFirst)
            await grain.Add(5);

        var clock = Stopwatch.StartNew();
        await _silos[0].KillAsync();
        var counts = await Task.WhenAll(onFirst.Select(grain => Eventually.CallAsync(() => grain.Add(1))));

        // A write may be done twice: a call that fails with SiloUnavailableException may have been executed.
        Assert.All(counts, count => Assert.InRange(count, 6, 7));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.All(await Task.WhenAll(onFirst.Select(grain => grain.Where())), where => Assert.Contains($":{_silos[1].Port}:", where, StringComparison.Ordinal));
        Assert.Equal([SiloStatus.Active, SiloStatus.Dead], (await Management.GetHosts()).Values.Order());
    }

    [Fact]
    public async Task Freeze_UntilDeclaredDead_EndsTheProcessWhenItGoesOn()
    {
        var grain = (await GrainsOnAsync(_silos[0], 1))[0];
        await grain.Add(1);

        _silos[0].Freeze();
        await Eventually.CallAsync(() => grain.Add(1), count => count >= 2);
        var before = await grain.Get();
        _silos[0].Thaw();
        await _silos[0].WaitForExitAsync();

        Assert.Equal(1, _silos[0].ExitCode);
        Assert.Equal(before + 1, await grain.Add(1));
    }

    [Fact]
    public async Task Stop_InOrder_LosesNoCall()
    {
        var grains = await GrainsOnAsync(_silos[0], 4);
        using var enough = new CancellationTokenSource();
        var callers = grains.Select(async grain =>
        {
            var calls = 0;
            while (!enough.IsCancellationRequested)
            {
                await grain.Add(1);
                calls++;
            }

            return calls;
        }).ToList();

        await _silos[0].StopAsync();
        await Eventually.CallAsync(() => grains[0].Where(), where => where.Contains($":{_silos[1].Port}:", StringComparison.Ordinal));
        await enough.CancelAsync();
        var made = await Task.WhenAll(callers);

        Assert.Equal(0, _silos[0].ExitCode);
        Assert.Equal(made, await Task.WhenAll(grains.Select(grain => grain.Get())));
    }

    [Fact]
    public async Task Kill_OfTheSiloThatHoldsAnEntry_StartsTheGrainAnew_WhenTheDirectoryIsLost()
    {
        await using var holder = await SiloProcess.StartAsync(_cluster, losesDirectory: true);
        await using var other = await SiloProcess.StartAsync(_cluster, losesDirectory: true);
        var active = (await Management.GetHosts(onlyActive: true)).Keys.ToList();
        var dying = active.Single(silo => silo.Endpoint.Port == holder.Port);
        ICounterGrain? grain = null;
        for (var i = 0; grain is null; i++)
        {
            var one = _client.Grains().GetGrain<ICounterGrain>($"held-{i}");
            if (DirectoryLoss.HolderOf(one.GetGrainId(), active)!.Equals(dying) && (await one.Where()).Contains($":{other.Port}:", StringComparison.Ordinal))
                grain = one;
        }

        await grain.Add(1);
        Assert.Equal(1, await grain.AddsSinceActivation());
        await holder.KillAsync();

        Assert.Equal(0, await Eventually.CallAsync(() => grain.AddsSinceActivation(), adds => adds == 0));
        Assert.Equal(1, await grain.Get());
    }

    [Fact]
    public async Task Start_OnTheEndpointOfAKilledSilo_DeclaresThePredecessorDead()
    {
        var port = _silos[0].Port;
        await _silos[0].KillAsync();

        // The second is what tells a start from the one before it.
        var second = DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond == second)
            await timer.WaitForNextTickAsync(CancellationToken.None);
        _silos.Add(await SiloProcess.StartAsync(_cluster, port));

        var hosts = (await Eventually.CallAsync(() => Management.GetHosts())).Where(host => host.Key.Endpoint.Port == port).OrderBy(host => host.Key.Generation);

        Assert.Equal([SiloStatus.Dead, SiloStatus.Active], hosts.Select(host => host.Value));
    }

    [Fact]
    public async Task Kill_OfTheSiloThatServesAReminder_HasAnotherServeIt()
    {
        var grain = _client.Grains().GetGrain<IClockGrain>("remembered");
        await grain.Remind(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(500));
        await grain.WaitForReminder();

        // Whichever of the two serves it: after both were replaced one by one, neither the grain nor its reminder is where it was.
        foreach (var old in _silos.ToList())
        {
            _silos.Add(await SiloProcess.StartAsync(_cluster));
            await old.KillAsync();
            Assert.Equal("wake every 00:00:00.5000000", await Eventually.CallAsync(() => grain.WaitForReminder()));
        }
    }

    private IManagementGrain Management => _client.Grains().GetGrain<IManagementGrain>(0);

    private async Task<List<ICounterGrain>> GrainsOnAsync(SiloProcess silo, int count)
    {
        var found = new List<ICounterGrain>();
        for (var i = 0; found.Count < count; i++)
        {
            var grain = _client.Grains().GetGrain<ICounterGrain>($"grain-{i}");
            if ((await grain.Where()).Contains($":{silo.Port}:", StringComparison.Ordinal))
                found.Add(grain);
        }

        return found;
    }
}
