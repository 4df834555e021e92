using System.Text;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Avro;
using ClickSink.Engine.Formats.Protobuf;
using Xunit;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>Damaged schemas: each is refused in words, or can be read with. A registry's schemas are as little to be trusted as the messages.</summary>
public sealed class SchemaFuzzTests
{
    private const int Rounds = 6000;

    [Fact]
    public void AvroSchema_Damaged_IsRefusedOrUsed()
    {
        byte[] schema = Encoding.UTF8.GetBytes("""
            {"type":"record","name":"R","namespace":"n","fields":[{"name":"a","type":["null","R",{"type":"fixed","name":"f","size":3}]},
            {"name":"b","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},{"name":"c","type":{"type":"array","items":{"type":"map","values":"n.R"}}},
            {"name":"d","type":{"type":"enum","name":"e","symbols":["x","y"]}},{"name":"g","type":{"type":"long","logicalType":"timestamp-micros"}}]}
            """);
        byte[] message = [0, 4, 1, 2, 0, 2, 0];
        Fuzz(
            schema,
            text =>
            {
                try
                {
                    return new AvroTranscoder(AvroSchemaParser.Parse(text, []), new FormatLimits { MaxDecodedBytes = 10_000 }).Transcode(message, out _);
                }
                catch (AvroSchemaException e)
                {
                    return new RowFault(e.Message, null, null, null);
                }
            });
    }

    [Fact]
    public void ProtoSchema_Damaged_IsRefusedOrUsed()
    {
        byte[] schema = Encoding.UTF8.GetBytes("""
            syntax = "proto3"; package google.protobuf;
            message T { Timestamp a = 1; map<string, T> b = 2; repeated Value c = 3 [packed = true]; oneof o { int32 d = 4; E e = 5; } Decimal f = 6; enum E { X = 0; Y = -1; } }
            message Timestamp { int64 seconds = 1; int32 nanos = 2; } message Value { oneof kind { double n = 2; string s = 3; } } message Decimal { bytes value = 1; int32 scale = 3; }
            """);
        byte[] message = [0x0A, 2, 0x08, 1, 0x12, 5, 0x0A, 1, (byte)'k', 0x12, 0, 0x1A, 3, 0x1A, 1, (byte)'x', 0x28, 1, 0x32, 2, 0x18, 1];
        Fuzz(
            schema,
            text =>
            {
                try
                {
                    return new ProtobufTranscoder(ProtoSchema.Parse(text, []).Find(name: null), new FormatLimits { MaxDecodedBytes = 10_000 }).Transcode(message, out _);
                }
                catch (ProtoSchemaException e)
                {
                    return new RowFault(e.Message, null, null, null);
                }
            });
    }

    private static void Fuzz(byte[] schema, Func<string, RowFault?> use)
    {
        Assert.Null(use(Encoding.UTF8.GetString(schema)));
        var damage = new RandomBytes(new Random(17));
        int used = 0;
        for (int i = 0; i < Rounds; i++)
        {
            if (use(Encoding.UTF8.GetString(damage.Damage(schema))) is null) used++;
        }

        Assert.InRange(used, 1, Rounds - 1);
    }
}
