using System.Text;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Debezium;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using Xunit;
using static ClickSink.Tests.Unit.Formats.FormatHarness;

namespace ClickSink.Tests.Unit.Formats.Debezium;

public sealed class DebeziumDecoderTests
{
    private const string Source = """ "source":{"connector":"postgresql","ts_ms":1700000000000,"lsn":4711,"table":"t"},"ts_ms":1700000000999 """;

    private static readonly ColumnMapping[] Columns =
    [
        Column("id", "Int32"), Column("name", "Nullable(String)"), Column("op", "LowCardinality(String)", "$debezium.op"), Column("deleted", "UInt8", "$debezium.deleted"),
        Column("version", "UInt64", "$debezium.version"), Column("changed", "DateTime64(3)", "$debezium.timestamp"),
    ];

    private static FormatOptions Json => new() { Debezium = new() };

    [Theory]
    [InlineData("c", "null", "{\"id\":1,\"name\":\"a\"}", "1|a|c|0|4711|1700000000000")]
    [InlineData("r", "null", "{\"id\":1,\"name\":\"a\"}", "1|a|r|0|4711|1700000000000")]
    [InlineData("u", "{\"id\":1,\"name\":\"a\"}", "{\"id\":1,\"name\":\"b\"}", "1|b|u|0|4711|1700000000000")]
    [InlineData("d", "{\"id\":1,\"name\":null}", "null", "1|-|d|1|4711|1700000000000")]
    public void TryDecode_Changes_WithAndWithoutSchemaAround_AreRows(string op, string before, string after, string row)
    {
        string payload = $$"""{"before":{{before}},"after":{{after}},"op":"{{op}}",{{Source}}}""";
        using var harness = new FormatHarness(Json, Columns);
        harness.Accept(payload);
        harness.Accept($$"""{"schema":{"type":"struct","fields":[]},"payload":{{payload}}}""");
        harness.Accept($$""" { "payload" : {{payload}} , "schema" : null } """);
        Assert.Equal([row, row, row], harness.Text);
    }

    [Fact]
    public void TryDecode_Tombstones_AreNothing()
    {
        using var harness = new FormatHarness(Json, Columns);
        harness.Accept(new Message { IsNull = true });
        harness.Accept("""{"schema":null,"payload":null}""");
        Assert.Equal(0, harness.Rows);
    }

    [Theory]
    [InlineData("{\"id\":1}", "it has no op")]
    [InlineData("[]", "it has no op")]
    [InlineData("{\"op\":\"m\",\"message\":{}}", "its op is \"m\"")]
    [InlineData("{\"op\":\"u\",\"before\":{\"id\":1},\"after\":null}", "its op is \"u\", and it has no after")]
    [InlineData("{\"op\":\"d\",\"before\":null}", "its op is \"d\", and it has no before")]
    [InlineData("{\"op\":\"c\",\"after\":{\"id\":\"x\"}}", "column \"id\" (Int32) from path \"id\": \"x\" is not a number")]
    [InlineData("{\"op\":\"c\",\"after\":[{\"id\":1},2]}", "a row must be a JSON object; at byte 10 stands '2'")]
    [InlineData("{\"op\":\"c\",\"after\":{\"id\":1},}", "the message is not valid JSON: at byte 27")]
    [InlineData("{\"op\":\"c\",\"after\":{\"id\":1},\"source\":{\"lsn\":\"x\"}}", "the change event is broken: column \"source.lsn\"")]
    public void TryDecode_NoChangeEvent_SaysWhy(string message, string reason)
    {
        using var harness = new FormatHarness(Json, Columns);
        Assert.Contains(reason, harness.Reject(message).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_Truncate_IsAFaultOrNothing()
    {
        using var strict = new FormatHarness(Json, Columns);
        Assert.StartsWith("the event tells that the table was emptied", strict.Reject("""{"op":"t","source":{"lsn":1}}""").Reason);
        using var lenient = new FormatHarness(new FormatOptions { Debezium = new() { Truncate = TruncatePolicy.Ignore } }, Columns);
        lenient.Accept("""{"op":"t","source":{"lsn":1}}""");
        Assert.Equal(0, lenient.Rows);
    }

    [Theory]
    [InlineData("\"source\":{\"lsn\":5,\"ts_ms\":1}", "5")]
    [InlineData("\"source\":{\"scn\":\"123456789012\",\"ts_ms\":1}", "123456789012")]
    [InlineData("\"source\":{\"file\":\"mysql-bin.000003\",\"pos\":154,\"row\":2,\"ts_ms\":1}", "52776558764034")]
    [InlineData("\"source\":{\"file\":\"mysql-bin.000003\",\"pos\":155,\"row\":0}", "52776558768128")]
    [InlineData("\"source\":{\"file\":\"mysql-bin.000004\",\"pos\":4}", "70368744194048")]
    [InlineData("\"source\":{\"file\":\"none\",\"pos\":4,\"ts_ms\":9}", "9")]
    [InlineData("\"ts_ms\":7", "7")]
    [InlineData("\"x\":7", "0")]
    public void TryDecode_Version_GrowsWithTheSourcesLog(string source, string version)
    {
        using var harness = new FormatHarness(Json, Column("v", "UInt64", "$debezium.version"));
        harness.Accept($$"""{"op":"c","after":{},{{source}}}""");
        Assert.Equal([version], harness.Text);
    }

    [Fact]
    public void TryDecode_SchemaSent_ValuesAreTakenForWhatTheyStandFor()
    {
        const string Schema = """
            {"type":"struct","fields":[{"field":"before","type":"struct","optional":true,"fields":[
              {"field":"id","type":"int32"},
              {"field":"day","type":"int32","name":"io.debezium.time.Date"},
              {"field":"at","type":"int64","name":"io.debezium.time.MicroTimestamp"},
              {"field":"old","type":"int64","name":"io.debezium.time.Timestamp"},
              {"field":"zoned","type":"string","name":"io.debezium.time.ZonedTimestamp"},
              {"field":"clock","type":"int64","name":"io.debezium.time.MicroTime"},
              {"field":"price","type":"bytes","name":"org.apache.kafka.connect.data.Decimal","parameters":{"scale":"2","connect.decimal.precision":"10"}},
              {"field":"any","type":"struct","name":"io.debezium.data.VariableScaleDecimal","fields":[{"field":"scale","type":"int32"},{"field":"value","type":"bytes"}]},
              {"field":"prices","type":"array","items":{"type":"bytes","name":"org.apache.kafka.connect.data.Decimal","parameters":{"scale":"1"}}}]}]}
            """;
        using var harness = new FormatHarness(
            Json, Column("id", "Int32"), Column("day", "Date"), Column("at", "DateTime64(6, 'Europe/Berlin')"), Column("old", "DateTime64(3)"), Column("zoned", "DateTime64(3)"), Column("clock", "String"),
            Column("price", "Nullable(Decimal(10, 2))"), Column("any", "Decimal(18, 4)"), Column("prices", "String"));
        string row = """{"id":1,"day":20000,"at":1000000,"old":5,"zoned":"2024-01-01T00:00:00.5+01:00","clock":3661000001,"price":"AP////8=","any":{"scale":3,"value":"MDk="},"prices":[ "Cg==" , null , "9g=="]}""";
        string nulls = """{"id":2,"day":null,"at":0,"old":-1,"zoned":"1970-01-01T00:00:00Z","clock":0,"price":null,"any":{"scale":0,"value":"Bw=="},"prices":[]}""";
        harness.Accept($$"""{"schema":{{Schema}},"payload":{"op":"c","after":{{row}} } }""");
        harness.Accept($$"""{"schema":{{Schema}},"payload":{"op":"d","before":{{nulls}} } }""");

        // What has no time zone of its own is what a clock showed: 1970-01-01 00:00:01 in Berlin is an hour before it is that in UTC.
        Assert.Equal(
            ["1|20000|-3599000000|5|1704063600500|01:01:01.000001|4294967295|123450|[1.0,null,-1.0]", "2|0|-3600000000|-1|0|00:00:00.000000|-|70000|[]"],
            harness.Text);
        Assert.Contains("\"price\" (Nullable(Decimal(10, 2))) from path \"price\"", harness.Reject($$"""{"schema":{{Schema}},"payload":{"op":"c","after":{"price":"?"} } }""").Reason);
        Assert.StartsWith("the event's schema is none of Kafka Connect", harness.Reject("""{"schema":{"fields":[{"field":"after","type":"array","items":7,"x":{}},{"field":"after","type":"struct","fields":7}]},"payload":{"op":"c","after":{}}}""").Reason);
    }

    [Fact]
    public void TryDecode_NoSchema_Base64DecimalsHaveTheColumnsScale()
    {
        using var harness = new FormatHarness(
            new FormatOptions { Debezium = new() { Decimals = DecimalEncoding.Base64 } }, Column("p", "Nullable(Decimal(10, 2))", "a.price"), Column("q", "Decimal(10, 1)"), Column("s", "String"));
        harness.Accept("""{"op":"c","after":{"a":{"price":"BNI="},"q":"/w==","s":"BNI="}}""");
        harness.Accept("""{"op":"c","after":{"a":{"price":12.34},"q":1}}""");
        Assert.Equal(["1234|-1|BNI=", "1234|10|"], harness.Text);

        using var text = new FormatHarness(Json, Column("p", "Decimal(10, 2)"));
        text.Accept("""{"op":"c","after":{"p":"12.34"}}""");
        text.Accept("""{"op":"c","after":{"p":12.34}}""");
        Assert.Equal(["1234", "1234"], text.Text);
        text.Reject("""{"op":"c","after":{"p":"BNI="}}""");
    }

    [Fact]
    public void TryDecode_RowAsText_IsReadAsJson()
    {
        // MongoDB's connector sends documents as texts.
        using var harness = new FormatHarness(Json, Column("id", "Int32", "_id"), Column("s", "String"));
        harness.Accept("""{"op":"c","after":"{\"_id\":7,\"s\":\"a\\nb\"}"}""");
        Assert.Equal(["7|a\nb"], harness.Text);
    }

    [Fact]
    public void TryDecode_Avro_SaysWhatValuesStandFor()
    {
        const string Schema = """
            {"type":"record","name":"Envelope","fields":[
              {"name":"before","type":["null",{"type":"record","name":"Value","fields":[{"name":"id","type":"int"},{"name":"at","type":{"type":"long","connect.name":"io.debezium.time.MicroTimestamp"}}]}]},
              {"name":"after","type":["null","Value"]},{"name":"op","type":"string"},{"name":"ts_ms","type":["null","long"]}]}
            """;
        using var harness = new FormatHarness(
            new FormatOptions { Debezium = new() { Avro = new() { Schema = Schema } } }, Column("id", "Int32"), Column("at", "DateTime64(6)"), Column("d", "UInt8", "$debezium.deleted"));
        harness.Accept(new Avro.AvroBytes().Long(0).Long(1).Long(5).Long(1_000_001).Text("c").Long(0).ToArray());
        harness.Accept(new Avro.AvroBytes().Long(1).Long(5).Long(1_000_001).Long(0).Text("d").Long(1).Long(3).ToArray());
        Assert.Equal(["5|1000001|0", "5|1000001|1"], harness.Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TryDecode_RandomAndDamaged_LeavesNoHalfRow(int seed)
    {
        const string Schema = """{"type":"struct","fields":[{"field":"after","type":"struct","fields":[{"field":"id","type":"int32","name":"io.debezium.time.Date"},{"field":"name","type":"bytes","name":"org.apache.kafka.connect.data.Decimal"}]}]}""";
        using var harness = new FormatHarness(new FormatOptions { Debezium = new() { Decimals = DecimalEncoding.Base64 } }, [.. Columns, Column("x", "Decimal(9, 2)", "name")]);
        harness.Fuzz(
            [
                Encoding.UTF8.GetBytes($$"""{"schema":{{Schema}},"payload":{"op":"c","after":{"id":12,"name":"AQ=="},"source":{"file":"a.1","pos":2} } }"""),
                Encoding.UTF8.GetBytes("""{"op":"c","after":"{\"id\":1,\"name\":\"AQ==\"}"}"""),
                Encoding.UTF8.GetBytes("""{"op":"d","before":{"name" : "AQ==" , "id":3 }}"""),
            ],
            seed);
    }
}
