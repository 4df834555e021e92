using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse;
using Xunit;

namespace ClickSink.Tests.Unit.Pipelines;

public sealed class FormerVersionTests
{
    private const string Former = """
        id: orders
        source: { kafka: { brokers: "old:9092", topic: orders, properties: { client.id: old } } }
        mapping: { columns: [ { name: n, type: UInt64 } ] }
        sinks: [ { clickhouse: { url: "http://old:8123", table: orders, password: old, deadLetterTable: dead, createTable: { orderBy: [n] } } } ]
        errors: { policy: deadLetter }
        """;

    private const string Present = """
        id: orders
        source: { kafka: { brokers: "new:9092", topic: orders } }
        mapping: { columns: [ { name: m, type: String } ] }
        sinks: [ { clickhouse: { url: "https://new:8443", table: orders, password: new, user: u, timeout: 5s, settings: { max_memory_usage: 1 } } } ]
        delivery: { retryMax: 1s }
        """;

    [Fact]
    public void ReachedAs_SameTargets_TakesConnectionsOnly()
    {
        var options = FormerVersion.ReachedAs(Read(Former), Read(Present));
        var sink = (ClickHouseSinkOptions)options.Sinks[0].Options!;
        Assert.Equal("new:9092", options.Source.Kafka!.Brokers);
        Assert.Equal(("https://new:8443", "new", "u", TimeSpan.FromSeconds(5)), (sink.Url, sink.Password!.Reveal(), sink.User, sink.Timeout));
        Assert.Null(sink.CreateTable);
        Assert.Equal("1", sink.Settings["max_memory_usage"]);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Delivery.RetryMax);
        Assert.Equal(("n", ErrorPolicy.DeadLetter, "dead"), (options.Mapping.Columns[0].Name, options.Errors.Policy, options.Errors.DeadLetters.Table));
    }

    [Theory]
    [InlineData("table: orders", "table: others")]
    [InlineData("table: orders", "table: orders, database: d")]
    [InlineData("{ clickhouse", "{ name: another, clickhouse")]
    public void ReachedAs_AnotherTarget_KeepsTheConnectionToTheFormerOne(string from, string to)
    {
        var options = FormerVersion.ReachedAs(Read(Former), Read(Present.Replace(from, to, StringComparison.Ordinal)));
        var sink = (ClickHouseSinkOptions)options.Sinks[0].Options!;
        Assert.Equal("http://old:8123", sink.Url);
        Assert.Null(sink.CreateTable);
    }

    [Theory]
    [InlineData("avro: { registry: { url: 'http://URL:8081' } }")]
    [InlineData("protobuf: { registry: { url: 'http://URL:8081' } }")]
    [InlineData("debezium: { avro: { registry: { url: 'http://URL:8081' } } }")]
    public void ReachedAs_RegistryThatMoved_IsAskedWhereItIsNow(string format)
    {
        var former = Read($"format: {{ {format.Replace("URL", "old")}, maxRows: 5 }}\n{Former}");
        var present = Read($"format: {{ {format.Replace("URL", "new")} }}\n{Present}");
        var reached = FormerVersion.ReachedAs(former, present).Format;
        var registry = (reached.Avro ?? reached.Debezium?.Avro)?.Registry ?? reached.Protobuf!.Registry!;
        Assert.Equal(("http://new:8081", 5), (registry.Url, reached.MaxRows));
        Assert.Equal(former.Format, FormerVersion.ReachedAs(former, Read(Present)).Format);
    }

    private static PipelineOptions Read(string text)
    {
        var faults = new FaultList();
        var document = PipelineDocument.Read(text, faults);
        Assert.Empty(faults);
        return document!.Options;
    }
}
