using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Pipelines;

/// <summary>One topic, several tables: each row once in each of its tables, whatever happens to the silo.</summary>
public sealed class RoutingTests
{
    private const string Route = """
        [{ derive: { name: third, type: UInt8, value: seq % 3 } },
         { route: { rules: [{ when: "third == 0", to: [zero] }, { when: "third == 1", to: [one, both] }], otherwise: [two, both] } }]
        """;

    private readonly Cluster _cluster;

    public RoutingTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Kill_SeveralTimesUnderRoutedLoad_StoresEachRowOnceInEachOfItsTables()
    {
        var pipeline = await _cluster.NewPipelineAsync(silo: await _cluster.NewSiloAsync());
        var table = pipeline.Document.Table;
        await pipeline.ApplyAsync(d => d with { Replicas = 2, MaxRows = 500, Transforms = OneLine(Route), Tables = TablesOf(table) });
        const int Batch = 30_000;
        for (var kill = 1; kill <= 3; kill++)
        {
            var before = await SumAsync(pipeline, table);
            var sending = pipeline.SendAsync(Batch);
            await WaitForSumAsync(pipeline, table, before + 3000);
            await pipeline.KillSiloAsync();
            await sending;
        }

        // A third goes to one table only, the rest to two.
        const long Sent = 3 * Batch;
        await WaitForSumAsync(pipeline, table, Sent + (Sent * 2 / 3));
        await pipeline.WaitForAsync(s => (long)s["lagRecords"]! == 0 && (string?)s["phase"] == "running", "running without lag");
        foreach (var (route, third) in new[] { ("zero", "0"), ("one", "1"), ("two", "2"), ("both", "12") })
        {
            var rows = Sent / 3 * third.Length;
            var found = await pipeline.QueryAsync($"SELECT count(), uniqExact(seq), countIf(position('{third}', toString(seq % 3)) = 0) FROM {table}_{route} FORMAT TabSeparated");
            Assert.Equal($"{rows}\t{rows}\t0", found);
        }

        Assert.Equal("seq,third", await pipeline.QueryAsync($"SELECT groupConcat(',')(name) FROM system.columns WHERE table = '{table}_zero'"));
        var status = await pipeline.StatusAsync();
        Assert.Equal("exactlyOnce", (string?)status!["guarantee"]);
    }

    [Fact]
    public async Task Guarantee_OneTableWithoutWindow_IsTheWeakestAndNamed()
    {
        var pipeline = await _cluster.NewPipelineAsync();
        var table = pipeline.Document.Table;
        await pipeline.QueryAsync($"CREATE TABLE {table}_both (seq UInt64, third UInt8) ENGINE = MergeTree ORDER BY seq");
        await pipeline.ApplyAsync(d => d with { Transforms = OneLine(Route), Tables = TablesOf(table).Replace($"{table}_both, createTable: {{ orderBy: [seq] }}", $"{table}_both, columns: [seq]") });
        var status = await pipeline.WaitForPhaseAsync("running");
        Assert.Contains("atLeastOnce", status.ToJsonString());
        Assert.Contains($"{table}_both", status.ToJsonString());
        Assert.DoesNotContain($"{table}_zero", status.ToJsonString());
    }

    private static string TablesOf(string table) => OneLine($$"""
        [{ route: zero, table: {{table}}_zero, columns: [third, seq], createTable: { orderBy: [seq] } },
         { route: one, table: {{table}}_one, createTable: { orderBy: [seq] } }, { route: two, table: {{table}}_two, createTable: { orderBy: [seq] } },
         { route: both, table: {{table}}_both, createTable: { orderBy: [seq] } }]
        """);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static async Task<long> SumAsync(PipelineUnderTest pipeline, string table) =>
        long.Parse(await pipeline.QueryAsync($"SELECT ifNull(sum(total_rows), 0) FROM system.tables WHERE name LIKE '{table}\\_%'"));

    private static Task WaitForSumAsync(PipelineUnderTest pipeline, string table, long rows) => Until.TrueAsync(
        async () => await SumAsync(pipeline, table) >= rows,
        async () => $"{rows} rows are expected in all tables, {await SumAsync(pipeline, table)} are there; {(await pipeline.StatusAsync())?.ToJsonString()}",
        TimeSpan.FromSeconds(90));
}
