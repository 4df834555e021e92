using System.Text;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Pipelines;
using Xunit;
using static ClickSink.Tests.Unit.Formats.FormatHarness;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>What holds for every format: once it runs, a message costs no memory.</summary>
public sealed class AllocationTests
{
    private const int Messages = 500;

    private const string Avro = """{"type":"record","name":"R","fields":[{"name":"id","type":"int"},{"name":"name","type":["null","string"]},{"name":"price","type":{"type":"bytes","logicalType":"decimal","scale":2}}]}""";
    private const string Proto = """syntax = "proto3"; message R { int32 id = 1; string name = 2; repeated int32 price = 3; }""";
    private const string Connect = """{"fields":[{"field":"after","type":"struct","fields":[{"field":"price","type":"bytes","name":"org.apache.kafka.connect.data.Decimal","parameters":{"scale":"2"}}]}]}""";

    public static TheoryData<string, string> Formats => new()
    {
        { "json", "{\"id\":1,\"name\":\"x\",\"price\":1.5}" },
        { "ndjson", "{\"id\":1,\"name\":\"x\",\"price\":1.5}\n{\"id\":2,\"name\":\"y\\n\",\"price\":2}" },
        { "csv", "id,name,price\n1,\"x \"\"y\"\"\",1.5\n2,,2\n" },
        { "tsv", "id\tname\tprice\n1\tx\\ty\t1.5\n" },
        { "debezium", $$"""{"schema":{{Connect}},"payload":{"op":"u","before":null,"after":{"id":1,"name":"x","price":"AJY="},"source":{"lsn":5} } }""" },
        { "avro", "\u0002\u0002\u0002x\u0002\u0007" },
        { "protobuf", "\u0008\u0001\u0012\u0001x" },
        { "raw", "anything" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void TryDecode_SteadyState_AllocatesNothing(string format, string text)
    {
        var options = new FormatOptions
        {
            Json = format == "json" ? new() : null,
            Ndjson = format == "ndjson" ? new() : null,
            Csv = format == "csv" ? new() : null,
            Tsv = format == "tsv" ? new() : null,
            Debezium = format == "debezium" ? new() : null,
            Avro = format == "avro" ? new() { Schema = Avro } : null,
            Protobuf = format == "protobuf" ? new() { Schema = Proto } : null,
            Raw = format == "raw" ? new() : null,
        };
        bool isRaw = format == "raw";
        using var harness = new FormatHarness(
            options,
            Column("id", "Int32", isRaw ? "$kafka.offset" : "id"), Column("name", "Nullable(String)", isRaw ? "$kafka.value" : "name"),
            Column("price", "Nullable(Decimal(18, 2))", isRaw ? "$kafka.headers.price" : format == "protobuf" ? "price[0]" : "price"));
        byte[] value = Encoding.UTF8.GetBytes(text);
        harness.Accept(value);
        Decode(harness, value);

        long before = GC.GetAllocatedBytesForCurrentThread();
        int rows = Decode(harness, value);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(rows >= Messages, format);
        Assert.True(allocated < Messages, $"{format}: {allocated} bytes for {Messages} messages");
    }

    private static int Decode(FormatHarness harness, byte[] value)
    {
        harness.Block.Clear();
        for (int i = 0; i < Messages; i++)
        {
            if (!harness.Decoder.TryDecode(new Message { Value = value, Offset = i }, harness.Block, out _)) return -1;
        }

        return harness.Rows;
    }
}
