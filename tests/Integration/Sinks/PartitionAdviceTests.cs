using System.Text;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using ClickSink.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClickSink.Tests.Integration.Sinks;

/// <summary>What the sink says about a table's partition key, measured on real servers.</summary>
public sealed class PartitionAdviceTests
{
    private readonly SharedServers _servers;

    public PartitionAdviceTests(SharedServers servers) => _servers = servers;

    [Theory]
    [InlineData("18", "n % 50", "one block of 200 rows touched 50 partitions")]
    [InlineData("26", "n % 50", "one block of 200 rows touched 50 partitions")]
    [InlineData("18", "n % 5", null)]
    [InlineData("26", "n % 5", null)]
    [InlineData("18", "tuple()", null)]
    [InlineData("26", "tuple()", null)]
    public async Task Write_OneBlock_TellsManyPartitions(string server, string key, string? expected)
    {
        var http = server == "18" ? (await _servers.ClickHouseAsync()).Http : (await _servers.EmbeddedClickHouseAsync()).Http;
        var table = $"t_{Guid.NewGuid():n}";
        await http.QueryAsync(
            $"CREATE TABLE {table} (n UInt64) ENGINE = MergeTree PARTITION BY {key} ORDER BY n",
            cancellationToken: TestContext.Current.CancellationToken);
        var faults = new FaultList();
        var document = PipelineDocument.Read(
            $$"""
            id: p
            source: { kafka: { brokers: "b:1", topic: t } }
            mapping: { columns: [ { name: n, type: UInt64 } ] }
            sinks: [ { clickhouse: { url: "{{http.Endpoint.GetLeftPart(UriPartial.Authority)}}", table: {{table}} } } ]
            """,
            faults);
        Assert.Empty(faults);
        var plan = PipelinePlan.Compile(document!.Options, 1, 1);
        await using var sink = plan.CreateSink(NullLogger.Instance);
        Assert.Equal(SinkOutcome.Done, await sink.OpenAsync(TestContext.Current.CancellationToken));

        using var block = Block(plan);
        Assert.Equal(SinkOutcome.Done, await sink.WriteAsync(block, TestContext.Current.CancellationToken));

        if (expected is null) Assert.Null(sink.Advice);
        else Assert.Contains(expected, sink.Advice);
    }

    private static SealedBlock Block(PipelinePlan plan)
    {
        var builder = new BlockBuilder(
            plan, new BlockPool(plan.Layout, 1), new WorkerProgress(TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        var open = new OpenBlock(0, 0);
        for (var n = 0; n < 200; n++)
        {
            var message = new Message { Offset = n, Value = Encoding.UTF8.GetBytes($$"""{"n":{{n}}}""") };
            Assert.Null(builder.TryAdd(open, in message, 0));
        }

        return builder.Seal(open);
    }
}
