using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Orleans.Standin.TestSilo;

namespace Orleans.Standin.Tests;

/// <summary>Calls as the product makes them, within a silo and from a client over the gateway.</summary>
public sealed class CallTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private IHost _silo = null!;
    private IHost _client = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.CreateAsync();
        _silo = await _cluster.StartSiloAsync();
        _client = await _cluster.StartClientAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Echo_EveryKindOfMember_ComesBackEqual(bool fromClient)
    {
        var parcel = new Parcel
        {
            Name = "ü\"\n\u0001",
            Counts = new() { ["a"] = [1, 2], [""] = [] },
            Shape = new Circle { Colour = "red", Radius = double.PositiveInfinity },
            Pair = (7, null),
            At = new DateTimeOffset(2026, 11, 21, 1, 2, 3, TimeSpan.FromHours(2)),
            Position = new Position(3, 4),
            Hidden = "seen",
            NotSent = "changed",
        };

        var back = await Grain("echo", fromClient).Echo(parcel);

        Assert.NotSame(parcel, back);
        Assert.Equal(parcel.Name, back.Name);
        Assert.Equal(parcel.Counts, back.Counts);
        Assert.Equal(double.PositiveInfinity, Assert.IsType<Circle>(back.Shape).Radius);
        Assert.Equal("red", back.Shape.Colour);
        Assert.Equal((7, null), back.Pair);
        Assert.Equal(parcel.At, back.At);
        Assert.Equal(new Position(3, 4), back.Position);
        Assert.Equal("seen", back.Hidden);
        Assert.Equal("default", back.NotSent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Arguments_ChangedByTheGrain_AreTheCallersNoMore(bool fromClient)
    {
        List<int> numbers = [1, 2, 3];

        var count = await Grain("copy", fromClient).CountAndClear(numbers);

        Assert.Equal(3, count);
        Assert.Equal([1, 2, 3], numbers);
    }

    [Fact]
    public async Task Arguments_ChangedAfterTheCall_TravelAsTheyWere()
    {
        List<int> numbers = [1, 2, 3];
        var call = Grain("early", fromClient: false).CountAndClear(numbers);
        numbers.Clear();

        Assert.Equal(3, await call);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Interfaces_InheritedAndValueTasks_Work(bool fromClient)
    {
        var grain = Grain("shapes", fromClient);
        await grain.Nothing();

        Assert.Equal("shapes", await grain.Name());
        Assert.Equal("none square 2", await grain.Describe(new Square { Side = 2 }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task References_InResults_CanBeCalled(bool fromClient)
    {
        var self = await Grain("self", fromClient).Self();

        Assert.Equal("self", self.GetPrimaryKeyString());
        Assert.Equal("self", await self.Name());
        Assert.Equal(Grain("self", fromClient), self);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exceptions_OfTheProgram_ArriveWithTypeMembersAndStack(bool fromClient)
    {
        var known = await Assert.ThrowsAsync<TestFailureException>(() => Grain("errors", fromClient).Throw("known"));
        var inner = await Assert.ThrowsAsync<InvalidOperationException>(() => Grain("errors", fromClient).Throw("inner"));

        Assert.Equal(("it failed", 42), (known.Message, known.Code));
        Assert.Contains("CallsGrain.Throw", known.StackTrace, StringComparison.Ordinal);
        Assert.Equal("inner", Assert.IsType<KeyNotFoundException>(inner.InnerException).Message);
    }

    [Fact]
    public async Task Exceptions_ThatCannotBeMade_BecomeTheNearestBase()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Grain("errors", fromClient: true).Throw("unknown"));

        Assert.Contains("UnknownElsewhereException", error.Message, StringComparison.Ordinal);
        Assert.Contains("only here (7)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Types_WithoutGenerateSerializer_AreRefused(bool fromClient)
    {
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => Grain("refused", fromClient).Undeclared(new NotSerializable()));

        Assert.Contains("[GenerateSerializer]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancellation_OfTheCaller_ReachesTheGrain(bool fromClient)
    {
        var name = $"cancel-{fromClient}";
        using var cancel = new CancellationTokenSource();
        var call = Grain(name, fromClient).WaitUntilCancelled(1, cancel.Token);
        await Gates.Named(name).Entered.WaitAsync(TestContext.Current.CancellationToken);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Gates.Named(name).Opened.Task;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ResponseTimeout_OfTheMethod_EndsTheWaitOnly(bool fromClient)
    {
        var gate = $"brief-{fromClient}";
        var grain = Grain(gate, fromClient);

        var error = await Assert.ThrowsAsync<TimeoutException>(() => grain.HoldBriefly(gate));
        var running = await grain.Running();
        Gates.Named(gate).Opened.SetResult();

        Assert.Contains("brief", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, running);
    }

    [Fact]
    public async Task OneWay_Call_EndsBeforeTheMethod()
    {
        await Grain("oneway", fromClient: true).Forget("oneway");

        await Gates.Named("oneway").Entered.WaitAsync(TestContext.Current.CancellationToken);
        Gates.Named("oneway").Opened.SetResult();
    }

    [Fact]
    public async Task GetGrain_WithoutAClass_SaysSo()
    {
        var error = Assert.Throws<ArgumentException>(() => _client.Grains().GetGrain<IUnimplementedGrain>("x"));

        Assert.Contains(nameof(IUnimplementedGrain), error.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task ManagementGrain_OneSilo_KnowsHostsAndActivations()
    {
        await Grain("counted", fromClient: true).Nothing();
        var management = _client.Grains().GetGrain<IManagementGrain>(0);

        var host = Assert.Single(await management.GetHosts(true));
        var details = Assert.Single(await management.GetDetailedHosts());
        var statistics = await management.GetSimpleGrainStatistics();

        Assert.Equal(SiloStatus.Active, host.Value);
        Assert.Equal(host.Key, details.SiloAddress);
        Assert.StartsWith("silo-", details.SiloName, StringComparison.Ordinal);
        Assert.Contains(statistics, one => one.GrainType == "Orleans.Standin.TestSilo.CallsGrain,Orleans.Standin.TestSilo" && one.ActivationCount == 1);
    }

    private ICallsGrain Grain(string key, bool fromClient) => (fromClient ? _client : _silo).Grains().GetGrain<ICallsGrain>(key);
}

[Alias("test.unimplemented")]
public interface IUnimplementedGrain : IGrainWithStringKey;
