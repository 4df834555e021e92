using System.Text;
using Microsoft.Extensions.Hosting;
using Orleans.Standin.TestSilo;
using Orleans.Storage;

namespace Orleans.Standin.Tests;

/// <summary>Grain state in PostgreSQL.</summary>
public sealed class StateTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private IHost _client = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.CreateAsync();
        await _cluster.StartSiloAsync();
        _client = await _cluster.StartClientAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Write_AfterDeactivation_IsRead()
    {
        var grain = Counter("kept");
        await grain.Add(3);
        await grain.Deactivate();

        Assert.Equal(3, await grain.Get());
        Assert.Equal(5, await grain.Add(2));
    }

    [Fact]
    public async Task Write_IsReadableJsonUnderPropertyNames()
    {
        await Counter("json").Add(3);

        var payload = Assert.Single(await TestCluster.QueryAsync(
            _cluster.Connection,
            "SELECT payloadbinary FROM orleansstorage WHERE grainidextensionstring = 'json'",
            row => Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0))));
        Assert.StartsWith("{\"Count\":3,\"History\":[", payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WithALostEtag_ThrowsAndStartsFromStorageAgain()
    {
        var grain = Counter("lost");
        await grain.Add(1);

        var error = await Assert.ThrowsAsync<InconsistentStateException>(grain.WriteTwice);

        Assert.Equal("1", error.CurrentEtag);
        Assert.Equal(1, await grain.Get());
        Assert.Equal(2, await grain.Add(1));
    }

    [Fact]
    public async Task Write_OfTheFirstStateByTwo_IsRefusedToOne()
    {
        // Neither has read a row: only the unique index tells them apart.
        await Assert.ThrowsAsync<InconsistentStateException>(Counter("first").WriteTwice);

        Assert.Equal(0, await Counter("first").Get());
    }

    [Fact]
    public async Task Clear_KeepsTheVersion_AndStartsAnew()
    {
        var grain = Counter("cleared");
        await grain.Add(3);
        await grain.Clear();
        await grain.Deactivate();

        Assert.Equal(0, await grain.Get());
        Assert.Equal(1, await grain.Add(1));
        var version = Assert.Single(await TestCluster.QueryAsync(
            _cluster.Connection, "SELECT version FROM orleansstorage WHERE grainidextensionstring = 'cleared'", row => row.GetInt32(0)));
        Assert.Equal(3, version);
    }

    private ICounterGrain Counter(string key) => _client.Grains().GetGrain<ICounterGrain>(key);
}
