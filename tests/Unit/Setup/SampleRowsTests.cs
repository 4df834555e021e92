using System.Text;
using ClickSink.Engine.Formats.Debezium;
using ClickSink.Engine.Mapping.Inference;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Setup;
using ClickSink.Engine.Sources.Kafka.Sampling;
using Xunit;

namespace ClickSink.Tests.Unit.Setup;

/// <summary>Sampled messages of any format as JSON rows, and requests as they are written.</summary>
public sealed class SampleRowsTests
{
    [Fact]
    public void Read_Ndjson_IsARowALine()
    {
        var rows = Read(
            new FormatOptions { Ndjson = new NdjsonFormatOptions() }, out var unreadable, "{\"a\":1}\n{\"a\":{\"b\":[2]}}\n{}\n", "{\"a\":",
            null);
        Assert.Equal(["{\"a\":1}", "{\"a\":{\"b\":[2]}}", "{}"], rows);
        Assert.Equal(1, Assert.Single(unreadable).Index);
    }

    [Fact]
    public void Read_Debezium_IsTheRowAfterTheChange()
    {
        var rows = Read(
            new FormatOptions { Debezium = new DebeziumFormatOptions() }, out var unreadable,
            """{"op":"c","before":null,"after":{"id":1,"name":"a"},"source":{"lsn":5,"table":"t"},"ts_ms":1,"transaction":null}""", """{"op":"d","before":{"id":1},"after":null,"source":{"lsn":6},"ts_ms":2}""");
        Assert.Empty(unreadable);
        Assert.Equal(["{\"id\":1,\"name\":\"a\"}", "{\"id\":1}"], rows);
    }

    [Fact]
    public void Read_Json_IsTheMessageAsItIs() =>
        Assert.Equal(["{ \"a\" : 1 }", "broken"], Read(new FormatOptions(), out _, "{ \"a\" : 1 }", null, "broken"));

    [Fact]
    public void Infer_Changes_HasVersionAndDeletes()
    {
        var result = MappingInference.Infer(["""{"id":1}"""u8.ToArray()], new InferenceOptions { HasChanges = true });
        Assert.Equal(
            [("id", null), ("_version", "$debezium.version"), ("_deleted", "$debezium.deleted")],
            result.Mapping.Columns.Select(c => (c.Name, c.Path)));
    }

    [Theory]
    [InlineData("kafka: { brokers: 'b:1' }", SetupNeeds.Brokers, null)]
    [InlineData("kafka: { brokers: 'b:1' }", SetupNeeds.Topic, "kafka.topic")]
    [InlineData("{}", SetupNeeds.Topic, "kafka")]
    [InlineData("{}", SetupNeeds.ClickHouse, "clickhouse")]
    [InlineData("clickhouse: { url: 'http://c:1' }", SetupNeeds.ClickHouse, null)]
    [InlineData("clickhouse: { url: 'http://c:1' }", SetupNeeds.Table, "clickhouse.table")]
    [InlineData("clickhouse: { url: 'http://c:1', table: t, password: '***' }", SetupNeeds.Table, "clickhouse.password")]
    [InlineData("clickhouse: { url: 'http://c:1', table: t }", SetupNeeds.Table | SetupNeeds.Mapping, "mapping")]
    [InlineData("kafka: { brokers: 'b:1', topic: t }\nformat: { csv: { header: true } }", SetupNeeds.Topic | SetupNeeds.Fields, "format")]
    [InlineData("kafka: { brokers: 'b:1', topic: t }\nsample: { timeout: 2m }", SetupNeeds.Topic, "sample.timeout")]
    [InlineData("kafka: { brokers: 'b:1', topic: t }\nsurprise: 1", SetupNeeds.Topic, "surprise")]
    public void ReadRequest_WhatIsNeededAndNoMore_MustBeThere(string text, SetupNeeds needs, string? fault)
    {
        var faults = new FaultList();
        var request = SetupRequestReader.Read(text, needs, faults);
        Assert.Equal(fault, faults.Count == 0 ? null : Assert.Single(faults).Path);
        Assert.Equal(fault is null, request is not null);
    }

    private static IEnumerable<string> Read(FormatOptions format, out List<UnreadableMessage> unreadable, params string?[] values)
    {
        unreadable = [];
        var messages = values.Select((value, i) => new SampledMessage(0, i, -1, null, value is null ? null : Encoding.UTF8.GetBytes(value)))
            .ToList();
        return SampleRows.Read(format, messages, unreadable).Select(Encoding.UTF8.GetString);
    }
}
