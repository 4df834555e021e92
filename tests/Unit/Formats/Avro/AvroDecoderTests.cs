using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Avro;
using ClickSink.Engine.Formats.Registry;
using ClickSink.Engine.Formats.Transcoding;
using ClickSink.Engine.Pipelines;
using Xunit;
using static ClickSink.Tests.Unit.Formats.FormatHarness;

namespace ClickSink.Tests.Unit.Formats.Avro;

/// <summary>Avro messages into columns.</summary>
public sealed class AvroDecoderTests
{
    private const string Schema = """
        {"type":"record","name":"Order","fields":[
          {"name":"id","type":"long"},
          {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
          {"name":"amount","type":["null",{"type":"bytes","logicalType":"decimal","precision":18,"scale":3}]},
          {"name":"items","type":{"type":"array","items":{"type":"record","name":"Item","fields":[{"name":"sku","type":"string"}]}}}]}
        """;

    private static AvroBytes Order => new AvroBytes().Long(42).Long(1_763_719_200_123_456).Long(1).Bytes(0x30, 0x39).Long(1).Text("x-1").Long(0);

    [Fact]
    public void TryDecode_SchemaInTheDocument_FillsColumns()
    {
        using var harness = Harness(new FormatOptions { Avro = new() { Schema = Schema } });
        harness.Accept(Order.ToArray());
        Assert.Equal(["42|1763719200123456|12345|x-1"], harness.Text);
        Assert.StartsWith("the message is not what its schema Order says", harness.Reject([1]).Reason);
    }

    [Fact]
    public void TryDecode_ValueThatDoesNotFit_NamesColumnAndValue()
    {
        using var harness = new FormatHarness(new FormatOptions { Avro = new() { Schema = Schema } }, Column("id", "Int8"), Column("amount", "Decimal(9, 1)"));
        Assert.Equal("column \"amount\" (Decimal(9, 1)) from path \"amount\": 12.345 has more than 1 decimal places", harness.Reject(Order.ToArray()).Reason);
    }

    [Fact]
    public void TryDecode_Registry_AsksOnceASchemaAndReadsEachByItsOwn()
    {
        List<int> asked = [];
        using var harness = Harness(id =>
        {
            asked.Add(id);
            return RegistryAnswer.Found(new RegisteredSchema("AVRO", id == 7 ? Schema : """{"type":"record","name":"Short","fields":[{"name":"id","type":"int"}]}""", []));
        });
        harness.Accept(Order.ToMessage(7));
        harness.Accept(new AvroBytes().Long(5).ToMessage(8));
        harness.Accept(Order.ToMessage(7));
        harness.Accept(new AvroBytes().Long(6).ToMessage(8));
        Assert.Equal(["42|1763719200123456|12345|x-1", "5|0|-|", "42|1763719200123456|12345|x-1", "6|0|-|"], harness.Text);
        Assert.Equal([7, 8], asked);
    }

    [Fact]
    public void TryDecode_RegistryAway_IsTransientAndNotRemembered()
    {
        RegistryAnswer answer = RegistryAnswer.Away("the registry is away");
        using var harness = Harness(_ => answer);
        RowFault fault = harness.Reject(Order.ToMessage(7));
        Assert.Equal(("the registry is away", true), (fault.Reason, fault.IsTransient));

        answer = RegistryAnswer.Found(new RegisteredSchema("AVRO", Schema, []));
        harness.Accept(Order.ToMessage(7));
    }

    [Theory]
    [InlineData("PROTOBUF", "", "schema 7: is of type PROTOBUF, and the format is avro")]
    [InlineData("AVRO", "{}", "schema 7: a type lacks type: {}")]
    public void TryDecode_SchemaThatCannotBeUsed_RejectsTheMessage(string type, string text, string reason)
    {
        using var harness = Harness(_ => RegistryAnswer.Found(new RegisteredSchema(type, text, [])));
        RowFault fault = harness.Reject(Order.ToMessage(7));
        Assert.Equal((reason, false), (fault.Reason, fault.IsTransient));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("7B7D2020202020", "it begins with byte 0x7B")]
    [InlineData("000000", "it has 3 bytes")]
    public void TryDecode_NoWireFormat_IsRejected(string hex, string reason)
    {
        using var harness = Harness(_ => throw new InvalidOperationException("must not be asked"));
        Assert.Equal($"the message does not begin with byte 0 and the id of a schema, as producers with a schema registry write it: {reason}", harness.Reject(Convert.FromHexString(hex)).Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TryDecode_RandomAndDamaged_LeavesNoHalfRow(int seed)
    {
        using var harness = Harness(new FormatOptions { Avro = new() { Schema = Schema }, MaxDecodedBytes = new ByteSize(100_000) });
        harness.Fuzz([Order.ToArray()], seed, rounds: 8000);
    }

    private static FormatHarness Harness(FormatOptions format) => new(
        format, Column("id", "Int64"), Column("at", "DateTime64(6)"), Column("amount", "Nullable(Decimal(18, 3))"), Column("sku", "String", "items[0].sku"));

    private static FormatHarness Harness(Func<int, RegistryAnswer> ask) => new(
        plan => new TranscodingDecoder(plan, FormatLimits.Default, new AvroTranscoder(new SchemaCache<AvroSchema>(ask, AvroFormat.Compile, TimeProvider.System), FormatLimits.Default)),
        Column("id", "Int64"), Column("at", "DateTime64(6)"), Column("amount", "Nullable(Decimal(18, 3))"), Column("sku", "String", "items[0].sku"));
}
