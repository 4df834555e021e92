using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Pipelines;

/// <summary>Messages that cannot become rows, under each policy.</summary>
public sealed class RejectionTests
{
    private const string NotJson = "{ this is not JSON";
    private readonly Cluster _cluster;

    public RejectionTests(Cluster cluster) => _cluster = cluster;

    private static string WrongType(int number) => $$"""{ "seq": "number {{number}}", "ts": "2026-01-02T03:04:05.000Z", "user": { "plan": "free" } }""";

    [Theory]
    [InlineData("skip")]
    [InlineData("deadLetter")]
    public async Task Stop_NotJson_StoresWhatIsBeforeItAndGoesOnUnderAnotherPolicy(string policy)
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.SendAsync(500);
        await pipeline.SendRawAsync(0, NotJson);
        await pipeline.SendAsync(500);
        await pipeline.ApplyAsync();

        var where = $"{pipeline.Document.Topic}[0] offset 500";
        var status = await pipeline.WaitForPhaseAsync("faulted", where, "JSON", "errors.policy");
        Assert.Equal((500, 500), await pipeline.CountAsync());
        Assert.Equal(501, (long)status["lagRecords"]!);
        Assert.Contains(where, await pipeline.SiloLogAsync());

        await pipeline.ApplyAsync(d => d with { Policy = policy });

        await pipeline.AssertStoredOnceAsync();
        Assert.Equal(1, (long)(await pipeline.StatusAsync())!["recordsRejected"]!);
        if (policy == "deadLetter") Assert.Equal("500", await pipeline.QueryAsync($"SELECT groupConcat(',')(offset) FROM {pipeline.DeadLetterTable}"));
    }

    [Fact]
    public async Task Stop_WrongType_SaysColumnAndValueAndGoesOnWithAnotherMapping()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.SendAsync(300);
        await pipeline.SendRawAsync(0, WrongType(7));
        await pipeline.SendAsync(300);
        await pipeline.ApplyAsync();

        await pipeline.WaitForPhaseAsync("faulted", $"{pipeline.Document.Topic}[0] offset 300", "seq", "number 7", "UInt64");
        Assert.Equal((300, 300), await pipeline.CountAsync());

        // The field is taken as text from now on.
        await pipeline.QueryAsync($"ALTER TABLE {pipeline.Document.Table} ADD COLUMN seq_text String");
        await pipeline.ApplyAsync(d => d with
        {
            Columns = ["{ name: seq, type: UInt64, path: $kafka.offset }", "{ name: seq_text, type: String, path: seq }", .. d.Columns.Skip(1)],
        });

        await pipeline.WaitForRowsAsync(601);
        await pipeline.WaitForAsync(s => (long)s["lagRecords"]! == 0, "no lag");
        Assert.Equal("601\t601\t1", await pipeline.QueryAsync($"SELECT count(), uniqExact(kafka_offset), countIf(seq_text = 'number 7') FROM {pipeline.Document.Table} FORMAT TabSeparated"));
    }

    [Fact]
    public async Task Stop_StartedWithoutRepair_StopsAtTheSameMessage()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.SendRawAsync(0, NotJson);
        await pipeline.ApplyAsync();
        await pipeline.WaitForPhaseAsync("faulted", "offset 0");
        await pipeline.SetStateAsync("started");
        await pipeline.WaitForPhaseAsync("faulted", "offset 0");
        await pipeline.SetStateAsync("stopped");
        await pipeline.WaitForPhaseAsync("stopped");
        Assert.Equal((0, 0), await pipeline.CountAsync());
    }

    [Fact]
    public async Task Skip_BrokenMessages_StoresTheOthersAndCountsThem()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.SendAsync(500);
        await pipeline.SendRawAsync(0, NotJson, WrongType(1));
        await pipeline.SendAsync(500);
        await pipeline.ApplyAsync(d => d with { Policy = "skip" });

        await pipeline.AssertStoredOnceAsync();
        var status = await pipeline.StatusAsync();
        Assert.Equal(2, (long)status!["recordsRejected"]!);
        Assert.Contains($"{pipeline.Document.Topic}[0] offset 501", (string?)status["lastRejection"]);
        Assert.Contains("seq", (string?)status["lastRejection"]);
        Assert.Contains($"{pipeline.Document.Topic}[0] offset 500", await pipeline.SiloLogAsync());
    }

    [Fact]
    public async Task DeadLetter_OnlyBrokenMessages_AreAllKept()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 1);
        await pipeline.SendRawAsync(0, NotJson, WrongType(3));
        await pipeline.ApplyAsync(d => d with { Policy = "deadLetter" });

        await pipeline.WaitForAsync(s => (long)s["lagRecords"]! == 0 && (long)s["recordsRejected"]! == 2, "two rejected");
        Assert.Equal(
            $"0\t\t\t{NotJson}\n1\tseq\tseq\t{WrongType(3)}",
            await pipeline.QueryAsync($"SELECT offset, column, path, payload FROM {pipeline.DeadLetterTable} ORDER BY offset FORMAT TSVRaw"));
        var row = await pipeline.QueryAsync($"SELECT pipeline, topic, partition, reason, value FROM {pipeline.DeadLetterTable} WHERE offset = 1 FORMAT TabSeparated");
        Assert.StartsWith($"{pipeline.Id}\t{pipeline.Document.Topic}\t0\t", row);
        Assert.Contains("number 3", row);
        Assert.Equal((0, 0), await pipeline.CountAsync());
    }

    [Fact]
    public async Task DeadLetter_SiloKilledUnderLoad_KeepsEachOnce()
    {
        var pipeline = await _cluster.NewPipelineAsync(partitions: 2, silo: await _cluster.NewSiloAsync());
        await pipeline.ApplyAsync(d => d with { Policy = "deadLetter", MaxRows = 500 });
        for (var round = 0; round < 3; round++)
        {
            var before = (await pipeline.CountAsync()).Stored;
            var sending = SendMixedAsync(pipeline, round);
            await pipeline.WaitForRowsAsync(before + 1000);
            await pipeline.KillSiloAsync();
            await sending;
        }

        await pipeline.AssertStoredOnceAsync();
        Assert.Equal("60\t60\t60", await pipeline.QueryAsync($"SELECT count(), uniqExact(partition, offset), uniqExact(payload) FROM {pipeline.DeadLetterTable} FORMAT TabSeparated"));
    }

    private static async Task SendMixedAsync(PipelineUnderTest pipeline, int round)
    {
        for (var part = 0; part < 2; part++)
        {
            await pipeline.SendAsync(8000);
            await pipeline.SendRawAsync(part, [.. Enumerable.Range(0, 10).Select(n => WrongType((round * 100) + (part * 10) + n))]);
        }
    }
}
