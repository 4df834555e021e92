using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Protobuf;
using ClickSink.Engine.Formats.Registry;
using ClickSink.Engine.Formats.Transcoding;
using ClickSink.Engine.Pipelines;
using Xunit;
using static ClickSink.Tests.Unit.Formats.FormatHarness;

namespace ClickSink.Tests.Unit.Formats.Protobuf;

/// <summary>Protobuf messages into columns.</summary>
public sealed class ProtobufDecoderTests
{
    private const string Schema = """
        syntax = "proto3";
        package shop;
        import "common.proto";
        import "google/protobuf/timestamp.proto";
        message Other { message Deep { string name = 1; } }
        message Order { uint64 id = 1; google.protobuf.Timestamp at = 2; repeated Item items = 3; common.Money total = 4; message Item { string sku = 1; } }
        """;

    private const string Common = """syntax = "proto3"; package common; message Money { sint64 cents = 1; }""";

    // id 42, at 1763719200.5 s, items ["x-1"], total 150.
    private static readonly byte[] Order = Convert.FromHexString("082A120C08A0F080C9061080CAB5EE011A050A03782D31220308AC02");

    [Fact]
    public void TryDecode_Registry_FindsTheTypeByItsIndexes()
    {
        List<int> asked = [];
        using var harness = Harness(id =>
        {
            asked.Add(id);
            return RegistryAnswer.Found(new RegisteredSchema("PROTOBUF", Schema, [new("common.proto", Common), new("again.proto", Common)]));
        });
        harness.Accept([0, 0, 0, 0, 9, 2, 2, .. Order]);
        harness.Accept([0, 0, 0, 0, 9, 0]);
        harness.Accept([0, 0, 0, 0, 9, 4, 0, 0, 0x0A, 1, (byte)'d']);
        Assert.Equal(["42|1763719200500|x-1|150|-", "0|0||-|-", "0|0||-|d"], harness.Text);
        Assert.Equal([9], asked);
    }

    [Theory]
    [InlineData("0000000009")]
    [InlineData("00000000090206")]
    [InlineData("000000000904000A")]
    [InlineData("0000000009FFFFFFFFFFFF")]
    [InlineData("000000000901")]
    public void TryDecode_NoType_IsRejected(string hex)
    {
        using var harness = Harness(_ => RegistryAnswer.Found(new RegisteredSchema("PROTOBUF", Schema, [new("common.proto", Common)])));
        Assert.Equal("the message does not say which type of schema 9 it is, or says one that is not there", harness.Reject(Convert.FromHexString(hex)).Reason);
    }

    [Theory]
    [InlineData("AVRO", "x", "schema 9: is of type AVRO, and the format is protobuf")]
    [InlineData("PROTOBUF", "message {", "schema 9: the schema, line 1: a name was expected instead of {, and the text ends")]
    public void TryDecode_SchemaThatCannotBeUsed_RejectsTheMessage(string type, string text, string reason)
    {
        using var harness = Harness(_ => RegistryAnswer.Found(new RegisteredSchema(type, text, [])));
        Assert.Equal(reason, harness.Reject([0, 0, 0, 0, 9, 0]).Reason);
    }

    [Fact]
    public void TryDecode_RegistryAway_IsTransient()
    {
        using var harness = Harness(_ => RegistryAnswer.Away("away"));
        Assert.True(harness.Reject([0, 0, 0, 0, 9, 0]).IsTransient);
    }

    [Fact]
    public void TryDecode_SchemaInTheDocument_NeedsNoHeader()
    {
        var protobuf = new ProtobufFormatOptions { Schema = "message A { optional int32 x = 1; } message B { optional string n = 1; }", MessageType = "B" };
        using var harness = new FormatHarness(new FormatOptions { Protobuf = protobuf }, Column("n", "String"));
        harness.Accept([0x0A, 1, (byte)'q']);
        harness.Accept([]);
        Assert.Equal(["q", ""], harness.Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TryDecode_RandomAndDamaged_LeavesNoHalfRow(int seed)
    {
        using var harness = Harness(id => id == 9
            ? RegistryAnswer.Found(new RegisteredSchema("PROTOBUF", Schema, [new("common.proto", Common)]))
            : RegistryAnswer.Unknown("unknown"));
        harness.Fuzz([[0, 0, 0, 0, 9, 2, 2, .. Order], [0, 0, 0, 0, 9, 4, 0, 0, 0x0A, 1, (byte)'d']], seed, rounds: 8000);
    }

    private static FormatHarness Harness(Func<int, RegistryAnswer> ask) => new(
        plan => new TranscodingDecoder(
            plan, FormatLimits.Default, new ProtobufTranscoder(new SchemaCache<ProtoSchema>(ask, ProtobufFormat.Compile, TimeProvider.System), FormatLimits.Default)),
        Column("id", "UInt64"), Column("at", "DateTime64(3)"), Column("sku", "String", "items[0].sku"), Column("total", "Nullable(Int64)", "total.cents"), Column("name", "Nullable(String)"));
}
