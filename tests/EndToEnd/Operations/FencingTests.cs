using ClickSink.Tests.EndToEnd.Stage;
using Npgsql;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Operations;

/// <summary>A worker whose ledger was written by somebody else.</summary>
public sealed class FencingTests
{
    private readonly Cluster _cluster;

    public FencingTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Ledger_WrittenByAnother_StopsTheWorkerIsToldAndLosesNothing()
    {
        var database = await (await _cluster.PostgresAsync()).CreateDatabaseAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var scratch = await Shared.ScratchServers.CreateAsync();
        var pipeline = await _cluster.NewPipelineAsync(silo: await Operator.StartSiloAsync(scratch, database));
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(2000);
        await pipeline.AssertStoredOnceAsync();

        // What a second activation does with its first write.
        await using (var connection = new NpgsqlConnection($"{database};Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("UPDATE OrleansStorage SET Version = Version + 1 WHERE GrainIdExtensionString = $1 OR GrainIdExtensionString LIKE '%' || $1", connection);
            command.Parameters.AddWithValue($"{pipeline.Id}/0");
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        await pipeline.SendAsync(2000);

        var fenced = await pipeline.WaitForEventAsync("fenced");
        Assert.Equal(0, (int)fenced["slot"]!);
        Assert.Contains("another activation", (string?)fenced["detail"]);
        await pipeline.AssertStoredOnceAsync();
    }
}
