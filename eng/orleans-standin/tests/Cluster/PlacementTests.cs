using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Standin.TestSilo;

namespace Orleans.Standin.Tests.Cluster;

/// <summary>Where grains start, and how they move, among silos in one process.</summary>
[Collection(ClusterCollection.Name)]
public sealed class PlacementTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private IHost _first = null!;
    private IHost _second = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.CreateAsync();
        _first = await _cluster.StartSiloAsync(Add);
        _second = await _cluster.StartSiloAsync(Add);

        static void Add(ISiloBuilder silo) => silo.AddPlacementDirector<WantedPlacement, WantedPlacementDirector>();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task RandomPlacement_ManyGrains_UsesBothSilos()
    {
        var places = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _first.Grains().GetGrain<ICounterGrain>($"{i}/x").Where()));

        Assert.Equal(2, places.Distinct().Count());
    }

    [Fact]
    public async Task PreferLocalPlacement_FromEitherSilo_StartsThere()
    {
        var onFirst = await _first.Grains().GetGrain<ILocalGrain>("a").Where();
        var onSecond = await _second.Grains().GetGrain<ILocalGrain>("b").Where();

        Assert.Equal(Address(_first).ToString(), onFirst);
        Assert.Equal(Address(_second).ToString(), onSecond);
        Assert.Equal(onSecond, await _first.Grains().GetGrain<ILocalGrain>("b").Where());
    }

    [Fact]
    public async Task OwnDirector_IsAskedForNewActivations_AndByMigrateOnIdle()
    {
        WantedPlacementDirector.Wanted = Address(_second);
        var grain = _first.Grains().GetGrain<IMovingGrain>("m");
        Assert.Equal(Address(_second).ToString(), await grain.Where());

        WantedPlacementDirector.Wanted = Address(_first);
        await grain.Move();

        Assert.Equal(Address(_first).ToString(), await Eventually.CallAsync(grain.Where, where => where == Address(_first).ToString()));
        Assert.Equal("Migrating", MovingGrain.LastReason);
    }

    [Fact]
    public async Task ConcurrentFirstCalls_FromBothSilos_MakeOneActivation()
    {
        var calls = Enumerable.Range(0, 20).SelectMany(i => new[] { _first, _second }.Select(silo =>
            silo.Grains().GetGrain<ICounterGrain>($"race-{i % 4}").Add(1)));

        await Task.WhenAll(calls);

        for (var i = 0; i < 4; i++)
            Assert.Equal(10, await _first.Grains().GetGrain<ICounterGrain>($"race-{i}").Get());
    }

    [Fact]
    public async Task Statistics_OfTwoSilos_CountEachSilosActivations()
    {
        await _first.Grains().GetGrain<ILocalGrain>("c").Where();
        await _second.Grains().GetGrain<ILocalGrain>("d").Where();

        var statistics = await _first.Grains().GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();

        Assert.Equal(
            new[] { Address(_first), Address(_second) }.Order(),
            statistics.Where(one => one.GrainType.Contains("LocalGrain", StringComparison.Ordinal)).Select(one => one.SiloAddress).Order());
    }

    private static SiloAddress Address(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
}

public sealed class WantedPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class)]
public sealed class WantedPlacementAttribute : PlacementAttribute
{
    public WantedPlacementAttribute()
        : base(new WantedPlacement())
    {
    }
}

public sealed class WantedPlacementDirector : IPlacementDirector
{
    public static SiloAddress? Wanted { get; set; }

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(context.GetCompatibleSilos(target).Single(silo => silo.Equals(Wanted)));
}

[Alias("test.local")]
public interface ILocalGrain : IGrainWithStringKey
{
    [Alias("where")]
    Task<string> Where();
}

[PreferLocalPlacement]
public sealed class LocalGrain : Grain, ILocalGrain
{
    public Task<string> Where() => Task.FromResult(RuntimeIdentity);
}

[Alias("test.moving")]
public interface IMovingGrain : IGrainWithStringKey
{
    [Alias("where")]
    Task<string> Where();

    [Alias("move")]
    Task Move();
}

[WantedPlacement]
public sealed class MovingGrain : Grain, IMovingGrain
{
    public static string? LastReason { get; private set; }

    public Task<string> Where() => Task.FromResult(RuntimeIdentity);

    public Task Move()
    {
        MigrateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        LastReason = reason.ReasonCode.ToString();
        return Task.CompletedTask;
    }
}
