using ClickSink.Servers.ClickHouse;
using ClickSink.Tests.EndToEnd.Stage;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Faults;

/// <summary>ClickHouse is away, or refuses: the status says what, where and what to do; afterwards everything is there once.</summary>
public sealed class ClickHouseFaultTests
{
    private const string Password = "the-pass\\word-of-a-test";
    private readonly Cluster _cluster;

    public ClickHouseFaultTests(Cluster cluster) => _cluster = cluster;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_UnderLoad_IsToldAndOvercome()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var clickHouse = await scratch.StartAsync("clickhouse", folder => new EmbeddedClickHouseServer(folder));
        var pipeline = await _cluster.NewPipelineAsync(clickHouse: clickHouse);
        await pipeline.ApplyAsync(d => d with { MaxRows = 500 });
        for (var kill = 0; kill < 2; kill++)
        {
            var before = (await pipeline.CountAsync()).Stored;
            var sending = pipeline.SendAsync(20_000);
            await pipeline.WaitForRowsAsync(before + 1000);
            await clickHouse.KillAsync();
            await pipeline.WaitForPhaseAsync("retrying", "ClickHouse at", $"{clickHouse.Port}", pipeline.Document.Table);
            await sending;
            await clickHouse.StartAsync(Cancellation);
        }

        await pipeline.AssertStoredOnceAsync();
        var status = await pipeline.StatusAsync();
        Assert.Null(status!["error"]);
        await pipeline.DeleteAsync();
    }

    [Fact]
    public async Task Stopped_BeforeThePipelineStarts_IsToldAndOvercome()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var clickHouse = await scratch.StartAsync("clickhouse", folder => new EmbeddedClickHouseServer(folder));
        var pipeline = await _cluster.NewPipelineAsync(clickHouse: clickHouse);
        await clickHouse.StopAsync();
        await pipeline.SendAsync(2000);
        await pipeline.ApplyAsync();
        await pipeline.WaitForPhaseAsync("retrying", "ClickHouse at", "does not answer");
        Assert.Contains("does not answer", await pipeline.SiloLogAsync());
        await clickHouse.StartAsync(Cancellation);

        await pipeline.AssertStoredOnceAsync();
        await pipeline.DeleteAsync();
    }

    [Fact]
    public async Task Freeze_UnderLoad_DeletionAndStopDoNotWaitForIt()
    {
        await using var scratch = await ScratchServers.CreateAsync();
        var clickHouse = await scratch.StartAsync("clickhouse", folder => new EmbeddedClickHouseServer(folder));
        var pipeline = await _cluster.NewPipelineAsync(clickHouse: clickHouse);
        await pipeline.ApplyAsync(d => d with { DrainTimeout = "1s" });
        await pipeline.SendAsync(1000);
        await pipeline.AssertStoredOnceAsync();
        clickHouse.Freeze();
        await pipeline.SendAsync(3000);
        await pipeline.WaitForAsync(s => (long)s["lagRecords"]! > 0, "lag");
        await pipeline.SetStateAsync("stopped");
        await pipeline.WaitForPhaseAsync("stopped");
        clickHouse.Thaw();
        await pipeline.SetStateAsync("started");

        await pipeline.AssertStoredOnceAsync();
        await pipeline.DeleteAsync();
    }

    [Fact]
    public async Task DropTable_UnderLoad_BlocksUntilItIsThereAgain()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.ApplyAsync();
        await pipeline.SendAsync(1000);
        await pipeline.AssertStoredOnceAsync();
        var definition = await pipeline.QueryAsync($"SELECT create_table_query FROM system.tables WHERE name = '{pipeline.Document.Table}' FORMAT TSVRaw");
        await pipeline.QueryAsync($"DROP TABLE {pipeline.Document.Table}");
        await pipeline.SendAsync(3000);

        await pipeline.WaitForPhaseAsync("blocked", pipeline.Document.Table, "To do", "create");
        Assert.Contains("is blocked at", await pipeline.SiloLogAsync());
        await pipeline.QueryAsync(definition);

        await pipeline.AssertStoredOnceAsync(missing: 1000);
        Assert.Equal("1000", await pipeline.QueryAsync($"SELECT min(seq) FROM {pipeline.Document.Table}"));
    }

    [Fact]
    public async Task WrongPassword_Blocks_AndThePasswordIsNowhere()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.SendAsync(1000);
        var applied = await pipeline.ApplyAsync(d => d with { Password = Password.Replace("\\", "\\\\", StringComparison.Ordinal) });
        await pipeline.WaitForPhaseAsync("blocked", "To do", "password");

        var answers = new[]
        {
            applied.Text,
            (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}")).Text,
            (await pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}/status")).Text,
            (await pipeline.Api.GetAsync("api/pipelines")).Text,
            (await pipeline.Api.SendAsync(HttpMethod.Put, $"api/pipelines/{pipeline.Id}", $"{pipeline.Document.ToYaml()}\nunknown: 1")).Text,
            (await pipeline.Api.SendAsync(HttpMethod.Put, $"api/pipelines/{pipeline.Id}", pipeline.Document.ToYaml().Replace($"\"{pipeline.Document.Password}\"", $"[\"{pipeline.Document.Password}\"]"))).Text,
            await pipeline.SiloLogAsync(),
        };
        Assert.Contains("***", answers[1]);
        // Without its backslash, which each of them would escape in another way.
        Assert.All(answers, text => Assert.DoesNotContain("word-of-a-test", text));

        await pipeline.ApplyAsync(d => d with { Password = null });
        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task WrongDatabase_BlocksUntilItIsThere()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        var database = $"db_{Guid.NewGuid():n}";
        await pipeline.SendAsync(1000);
        await pipeline.ApplyAsync(d => d with { Database = database });
        await pipeline.WaitForPhaseAsync("blocked", database, "To do", "database");
        await pipeline.QueryAsync($"CREATE DATABASE {database}");
        await pipeline.WaitForAsync(s => (string?)s["phase"] == "running" && (long)s["lagRecords"]! == 0, "running without lag");
        Assert.Equal("1000\t1000", await pipeline.QueryAsync($"SELECT count(), uniqExact(seq) FROM {database}.{pipeline.Document.Table} FORMAT TabSeparated"));
    }

    [Fact]
    public async Task MissingColumn_BlocksUntilItIsAdded()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.QueryAsync($"CREATE TABLE {pipeline.Document.Table} (seq UInt64, ts DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY seq SETTINGS non_replicated_deduplication_window = 100");
        await pipeline.SendAsync(1000);
        await pipeline.ApplyAsync(d => d with { CreateTable = false, Columns = [.. d.Columns.Take(3)] });
        var status = await pipeline.WaitForPhaseAsync("blocked", pipeline.Document.Table, "plan", "To do", "ALTER TABLE");
        // The statement in the message is one that works.
        var error = (string)status["error"]!;
        await pipeline.QueryAsync(error[error.IndexOf("ALTER TABLE", StringComparison.Ordinal)..].TrimEnd('.'));

        await pipeline.AssertStoredOnceAsync();
    }

    [Fact]
    public async Task MissingTable_WithoutCreateTable_BlocksUntilItIsThere()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        await pipeline.SendAsync(1000);
        await pipeline.ApplyAsync(d => d with { CreateTable = false, Columns = [.. d.Columns.Take(1)] });
        await pipeline.WaitForPhaseAsync("blocked", pipeline.Document.Table, "does not exist", "To do");
        await pipeline.QueryAsync($"CREATE TABLE {pipeline.Document.Table} (seq UInt64) ENGINE = MergeTree ORDER BY seq");

        await pipeline.WaitForRowsAsync(1000);
        var status = await pipeline.WaitForPhaseAsync("running");
        Assert.Equal("atLeastOnce", (string?)status["guarantee"]);
        Assert.Contains("non_replicated_deduplication_window", (string?)status["guaranteeReason"]);
    }
}
