using System.Text;
using System.Text.Json;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Avro;
using Xunit;

namespace ClickSink.Tests.Unit.Formats.Avro;

/// <summary>Each type of Avro, to the JSON that docs/formats.md promises.</summary>
public sealed class AvroTranscoderTests
{
    [Theory]
    [InlineData("\"null\"", "", "null")]
    [InlineData("\"boolean\"", "01", "true")]
    [InlineData("\"boolean\"", "00", "false")]
    [InlineData("\"int\"", "01", "-1")]
    [InlineData("\"int\"", "FEFFFFFF0F", "2147483647")]
    [InlineData("\"long\"", "FFFFFFFFFFFFFFFFFF01", "-9223372036854775808")]
    [InlineData("\"float\"", "0000C03F", "1.5")]
    [InlineData("\"float\"", "0000C07F", "\"nan\"")]
    [InlineData("\"double\"", "9A9999999999B93F", "0.1")]
    [InlineData("\"double\"", "000000000000F0FF", "\"-inf\"")]
    [InlineData("\"string\"", "0EC3A9220A5C0061", "\"é\\\"\\n\\\\\\u0000a\"")]
    [InlineData("\"bytes\"", "0600FF10", "\"AP8Q\"")]
    [InlineData("{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\",\"B\"]}", "02", "\"B\"")]
    [InlineData("{\"type\":\"fixed\",\"name\":\"f\",\"size\":2}", "00FF", "\"AP8=\"")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "040204020600", "[1,2,3]")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "0304020400", "[1,2]")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "00", "[]")]
    [InlineData("{\"type\":\"map\",\"values\":[\"null\",\"int\"]}", "0402610202026200" + "00", "{\"a\":1,\"b\":null}")]
    [InlineData("{\"type\":\"map\",\"values\":\"int\"}", "0402610202620400", "{\"a\":1,\"b\":2}")]
    [InlineData("[\"null\",\"long\"]", "00", "null")]
    [InlineData("[\"null\",\"long\"]", "0202", "1")]
    [InlineData("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}", "0204", "0.04")]
    [InlineData("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}", "04CFC7", "-123.45")]
    [InlineData("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9}", "04CFC7", "-12345")]
    [InlineData("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":3}", "00", "0.000")]
    [InlineData("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":60,\"scale\":1}", "220100000000000000000000000000000000", "34028236692093846346337460743176821145.6")]
    [InlineData("{\"type\":\"fixed\",\"name\":\"d\",\"size\":2,\"logicalType\":\"decimal\",\"precision\":4,\"scale\":4}", "FFFF", "-0.0001")]
    [InlineData("{\"type\":\"fixed\",\"name\":\"u\",\"size\":16,\"logicalType\":\"uuid\"}", "00112233445566778899AABBCCDDEEFF", "\"00112233-4455-6677-8899-aabbccddeeff\"")]
    [InlineData("{\"type\":\"fixed\",\"name\":\"u\",\"size\":12,\"logicalType\":\"duration\"}", "010000000200000003000000", "{\"months\":1,\"days\":2,\"milliseconds\":3}")]
    [InlineData("{\"type\":\"int\",\"logicalType\":\"date\"}", "01", "\"1969-12-31\"")]
    [InlineData("{\"type\":\"int\",\"logicalType\":\"time-millis\"}", "D00F", "\"00:00:01.000\"")]
    [InlineData("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}", "01", "\"1969-12-31T23:59:59.999Z\"")]
    [InlineData("{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}", "02", "\"1970-01-01T00:00:00.000001Z\"")]
    [InlineData("{\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"}", "02", "\"1970-01-01T00:00:00.000000001Z\"")]
    [InlineData("{\"type\":\"long\",\"logicalType\":\"local-timestamp-micros\"}", "00", "\"1970-01-01T00:00:00.000000\"")]
    [InlineData("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}", "FEFFFFFFFFFFFFFFFF01", "\"+292278994-08-17T07:12:55.807Z\"")]
    [InlineData("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}", "FFDFE6A2E2A01C", "\"0001-01-01T00:00:00.000Z\"")]
    [InlineData("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}", "81E0E6A2E2A01C", "\"+000000-12-31T23:59:59.999Z\"")]
    [InlineData("{\"type\":\"long\",\"connect.name\":\"io.debezium.time.MicroTimestamp\"}", "02", "\"1970-01-01T00:00:00.000001\"")]
    [InlineData("{\"type\":\"string\",\"logicalType\":\"timestamp-millis\"}", "0261", "\"a\"")]
    [InlineData("{\"type\":\"long\",\"logicalType\":\"unheard-of\"}", "02", "1")]
    public void Transcode_Value_IsTheJsonOfTheTable(string type, string hex, string json)
    {
        AssertJson($$"""{"type":"record","name":"r","fields":[{"name":"v","type":{{type}}}]}""", Convert.FromHexString(hex), $$"""{"v":{{json}}}""");
    }

    [Fact]
    public void Transcode_NestedAndRecursive_FollowsTheNames()
    {
        const string Schema = """
            {"type":"record","name":"Node","namespace":"n.s","fields":[
              {"name":"value","type":"int"},
              {"name":"next","type":["null","Node"]},
              {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["X"]}},
              {"name":"again","type":"n.s.Kind"},
              {"name":"tags","type":{"type":"map","values":["null","int"]}},
              {"name":"decimal","type":{"type":"record","name":"V","connect.name":"io.debezium.data.VariableScaleDecimal","fields":[{"name":"scale","type":"int"},{"name":"value","type":"bytes"}]}},
              {"name":"empty","type":{"type":"record","name":"E","fields":[]}}]}
            """;
        byte[] bytes = new AvroBytes().Long(1)
            .Long(1).Long(2).Long(0).Long(0).Long(0).Long(0).Long(-2).Bytes(5)
            .Long(0).Long(0)
            .Long(1).Text("a").Long(1).Long(7).Long(1).Text("b").Long(0).Long(0)
            .Long(3).Bytes(0xFF).ToArray();
        AssertJson(
            Schema,
            bytes,
            """{"value":1,"next":{"value":2,"next":null,"kind":"X","again":"X","tags":{},"decimal":500,"empty":{}},"kind":"X","again":"X","tags":{"a":7,"b":null},"decimal":-0.001,"empty":{}}""");
    }

    [Theory]
    [InlineData("\"int\"", "80808080808001", "at byte 7 an int was expected")]
    [InlineData("\"int\"", "FEFFFFFF1F", "at byte 5 an int was expected")]
    [InlineData("\"int\"", "", "at byte 0 an int was expected")]
    [InlineData("\"int\"", "0202", "at byte 1 the message should have ended")]
    [InlineData("\"long\"", "FFFFFFFFFFFFFFFFFF03", "a long was expected")]
    [InlineData("\"boolean\"", "02", "a boolean was expected")]
    [InlineData("\"float\"", "0000", "a float was expected")]
    [InlineData("\"double\"", "0000", "a double was expected")]
    [InlineData("\"string\"", "0461", "a string was expected")]
    [InlineData("\"string\"", "01", "a string was expected")]
    [InlineData("\"string\"", "02FF", "ends a string that is not valid UTF-8")]
    [InlineData("{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\"]}", "02", "the number of a symbol was expected")]
    [InlineData("[\"null\"]", "02", "the number of a union's type was expected")]
    [InlineData("{\"type\":\"fixed\",\"name\":\"f\",\"size\":2}", "00", "2 bytes were expected")]
    [InlineData("{\"type\":\"array\",\"items\":\"null\"}", "FFFFFFFFFFFFFFFFFF0100", "the count of a block was expected")]
    [InlineData("{\"type\":\"map\",\"values\":\"null\"}", "0204", "the key of a map was expected")]
    public void Transcode_Broken_SaysWhere(string type, string hex, string reason)
    {
        RowFault? fault = Transcode($$"""{"type":"record","name":"r","fields":[{"name":"v","type":{{type}}}]}""", Convert.FromHexString(hex), out _);
        Assert.StartsWith("the message is not what its schema r says: at byte ", fault?.Reason);
        Assert.EndsWith(reason, fault?.Reason);
    }

    [Fact]
    public void Transcode_ManyItemsOfNoBytes_StopAtTheLimit()
    {
        byte[] bytes = new AvroBytes().Long(long.MaxValue).ToArray();
        RowFault? fault = Transcode("""{"type":"record","name":"r","fields":[{"name":"v","type":{"type":"array","items":"null"}}]}""", bytes, out _, new FormatLimits { MaxDecodedBytes = 5000 });
        Assert.Equal("the message is larger as JSON than format.maxDecodedBytes allows; raise it if that is meant", fault?.Reason);
    }

    [Fact]
    public void Transcode_DeeperThanAllowed_IsRejected()
    {
        const string Schema = """{"type":"record","name":"r","fields":[{"name":"v","type":["null","r"]}]}""";
        AssertJson(Schema, [2, 2, 0], """{"v":{"v":{"v":null}}}""");
        Assert.EndsWith("nested deeper than 3 (format.maxDepth)", Transcode(Schema, [2, 2, 2, 0], out _, new FormatLimits { MaxDepth = 3 })?.Reason);
        Assert.EndsWith("nested deeper than 64 (format.maxDepth)", Transcode("""{"type":"record","name":"r","fields":[{"name":"v","type":"r"}]}""", [], out _)?.Reason);
    }

    [Theory]
    [InlineData("{", "the schema is no Avro schema")]
    [InlineData("\"x\"", "the type x is used and not defined before")]
    [InlineData("{\"type\":\"record\",\"name\":\"r\"}", "a type lacks fields")]
    [InlineData("{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"record\",\"name\":\"r\",\"fields\":[]}}]}", "the type r is defined twice")]
    [InlineData("{\"type\":\"fixed\",\"name\":\"r\",\"size\":-1}", "a fixed has -1 bytes")]
    [InlineData("{\"type\":\"fixed\",\"name\":\"r\",\"size\":\"x\"}", "the schema is no Avro schema")]
    [InlineData("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"scale\":100000}", "a decimal has the scale 100000")]
    [InlineData("7", "the type 7 is used")]
    public void Parse_NoSchema_SaysWhy(string schema, string error)
    {
        Assert.Contains(error, Assert.Throws<AvroSchemaException>(() => AvroSchemaParser.Parse(schema, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transcode_SchemaOfNoRow_IsRejected()
    {
        Assert.Equal("the schema is of type Long, and a row must be a record, a map or an array of them", Transcode("\"long\"", [2], out _)?.Reason);
    }

    private static void AssertJson(string schema, byte[] bytes, string expected)
    {
        RowFault? fault = Transcode(schema, bytes, out string json);
        Assert.True(fault is null, fault?.Reason);
        Assert.Equal(expected, json);
        JsonDocument.Parse(json).Dispose();
    }

    private static RowFault? Transcode(string schema, byte[] bytes, out string json, FormatLimits? limits = null)
    {
        var transcoder = new AvroTranscoder(AvroSchemaParser.Parse(schema, []), limits ?? FormatLimits.Default);
        RowFault? fault = transcoder.Transcode(bytes, out ReadOnlySpan<byte> text);
        json = Encoding.UTF8.GetString(text);
        return fault;
    }
}
