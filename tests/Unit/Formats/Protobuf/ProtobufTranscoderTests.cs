using System.Text;
using System.Text.Json;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Protobuf;
using Xunit;

namespace ClickSink.Tests.Unit.Formats.Protobuf;

/// <summary>Each type of Protobuf, to the JSON that docs/formats.md promises. The bytes are those of the encoding's specification.</summary>
public sealed class ProtobufTranscoderTests
{
    [Theory]
    [InlineData("int32 v = 1;", "", "0")]
    [InlineData("int32 v = 1;", "089601", "150")]
    [InlineData("int32 v = 1;", "08FFFFFFFFFFFFFFFFFF01", "-1")]
    [InlineData("int32 v = 1;", "08010802", "2")]
    [InlineData("int64 v = 1;", "0880808080808080808001", "-9223372036854775808")]
    [InlineData("uint32 v = 1;", "08FFFFFFFF0F", "4294967295")]
    [InlineData("uint64 v = 1;", "08FFFFFFFFFFFFFFFFFF01", "18446744073709551615")]
    [InlineData("sint32 v = 1;", "08FFFFFFFF0F", "-2147483648")]
    [InlineData("sint64 v = 1;", "08FFFFFFFFFFFFFFFFFF01", "-9223372036854775808")]
    [InlineData("fixed32 v = 1;", "0DFFFFFFFF", "4294967295")]
    [InlineData("fixed64 v = 1;", "09FFFFFFFFFFFFFFFF", "18446744073709551615")]
    [InlineData("sfixed32 v = 1;", "0DFFFFFFFF", "-1")]
    [InlineData("sfixed64 v = 1;", "09FEFFFFFFFFFFFFFF", "-2")]
    [InlineData("double v = 1;", "099A9999999999B93F", "0.1")]
    [InlineData("double v = 1;", "", "0")]
    [InlineData("float v = 1;", "0D0000C07F", "\"nan\"")]
    [InlineData("bool v = 1;", "0801", "true")]
    [InlineData("string v = 1;", "0A03C3A922", "\"é\\\"\"")]
    [InlineData("string v = 1;", "", "\"\"")]
    [InlineData("bytes v = 1;", "0A0300FF10", "\"AP8Q\"")]
    [InlineData("E v = 1; enum E { option allow_alias = true; A = 0; B = 1; C = 1; N = -1 [deprecated = true]; }", "0801", "\"B\"")]
    [InlineData("E v = 1; enum E { A = 0; N = -0x1; }", "08FFFFFFFFFFFFFFFFFF01", "\"N\"")]
    [InlineData("E v = 1; enum E { A = 0; }", "0807", "7")]
    [InlineData("E v = 1; enum E { A = 0; }", "", "\"A\"")]
    [InlineData("repeated int32 v = 1;", "0A03018E02", "[1,270]")]
    [InlineData("repeated int32 v = 1;", "08010A020203", "[1,2,3]")]
    [InlineData("repeated int32 v = 1 [packed = false];", "", "[]")]
    [InlineData("repeated string v = 1; int32 x = 2;", "0A016110010A0162", "[\"a\",\"b\"],\"x\":1")]
    [InlineData("repeated double v = 1;", "0A10000000000000F03F0000000000000040", "[1,2]")]
    [InlineData("map<string, int32> v = 1;", "0A050A016110010A030A01620A050A01611003", "{\"a\":1,\"b\":0,\"a\":3}")]
    [InlineData("map<int32, M> v = 1; message M { int32 x = 1; }", "0A0608051202080A0A00", "{\"5\":{\"x\":10},\"0\":{\"x\":0}}")]
    [InlineData("map<bool, E> v = 1; enum E { A = 0; B = 1; }", "0A0408011001", "{\"true\":\"B\"}")]
    [InlineData("M v = 1; message M { int32 x = 1; int32 y = 2; }", "0A0208010A021002", "{\"x\":1,\"y\":2}")]
    [InlineData(".p.T.M.I v = 1; message M { message I { .google.protobuf.Timestamp t = 3; } }", "0A021A00", "{\"t\":\"1970-01-01T00:00:00.000000000Z\"}")]
    [InlineData("google.protobuf.Timestamp v = 1;", "0A0D08FFFFFFFFFFFFFFFFFF011001", "\"1969-12-31T23:59:59.000000001Z\"")]
    [InlineData("google.protobuf.Duration v = 1;", "0A1108FFFFFFFFFFFFFFFFFF01108094EBDC03", null)]
    [InlineData("google.protobuf.Duration v = 1;", "0A0408011005", "1.000000005")]
    [InlineData("google.protobuf.Duration v = 1;", "0A0B10FBFFFFFFFFFFFFFFFF01", "-0.000000005")]
    [InlineData("google.protobuf.Int64Value v = 1;", "0A00", "0")]
    [InlineData("google.protobuf.StringValue v = 1;", "0A030A0161", "\"a\"")]
    [InlineData("confluent.type.Decimal v = 1;", "0A080A02CFC710051802", "-123.45")]
    [InlineData("google.type.Date v = 1;", "0A0508EA0F100B", "{\"year\":2026,\"month\":11,\"day\":0}")]
    public void Transcode_Field_IsTheJsonOfTheTable(string body, string hex, string? json)
    {
        string schema = $$"""
            syntax = "proto3"; package p; /* a comment; */ import "google/protobuf/timestamp.proto"; // another {
            message T { option (x.y) = { a: "}" }; reserved 90 to max; {{body}} }
            service S { rpc R (T) returns (stream T) { option z = 1; } }
            """;
        if (json is null)
        {
            Assert.Contains("has nanoseconds that are none", Transcode(schema, Convert.FromHexString(hex), out _)?.Reason);
            return;
        }

        AssertJson(schema, Convert.FromHexString(hex), $$"""{"v":{{json}}}""");
    }

    [Theory]
    [InlineData("optional int32 v = 1;", "", "{}")]
    [InlineData("optional int32 v = 1;", "0800", "{\"v\":0}")]
    [InlineData("oneof o { option z = 1; int32 v = 1; string w = 2; }", "1200", "{\"w\":\"\"}")]
    [InlineData("T v = 1;", "", "{}")]
    [InlineData("T v = 1;", "0A020A00", "{\"v\":{\"v\":{}}}")]
    [InlineData("google.protobuf.Int32Value v = 1;", "", "{}")]
    [InlineData("int32 v = 1;", "1001" + "1A0161" + "2100000000000000002D00000000" + "0801", "{\"v\":1}")]
    public void Transcode_Proto3Presence_AbsentIsDefaultOnlyWhereItCannotBeTold(string body, string hex, string json) =>
        AssertJson($$"""syntax = 'proto3'; message T { {{body}} }""", Convert.FromHexString(hex), json);

    [Theory]
    [InlineData("optional int32 v = 1 [default = 7];", "", "{}")]
    [InlineData("required string v = 1;", "0A0161", "{\"v\":\"a\"}")]
    [InlineData("repeated int32 v = 1 [packed = true]; extensions 100 to 199;", "0A020102", "{\"v\":[1,2]}")]
    [InlineData("optional group Inner = 1 { optional int32 x = 2; } optional int32 y = 3;", "0B10050C1806", "{\"inner\":{\"x\":5},\"y\":6}")]
    [InlineData("repeated group G = 1 { optional int32 x = 2; }", "0B10050C0B0C", "{\"g\":[{\"x\":5},{}]}")]
    public void Transcode_Proto2_SaysWhatIsThere(string body, string hex, string json) =>
        AssertJson($$"""syntax = "proto2"; message T { {{body}} }""", Convert.FromHexString(hex), json);

    [Theory]
    [InlineData("int32 v = 1;", "08", "at byte 0 field 1 of T is broken")]
    [InlineData("int32 v = 1;", "00", "at byte 0 a field was expected")]
    [InlineData("int32 v = 1;", "0F", "at byte 0 field 1 of T is broken")]
    [InlineData("int32 v = 1;", "0A0561", "at byte 0 field 1 of T is broken")]
    [InlineData("int32 v = 1;", "0D01000000", "the field v is not of the type that the schema says")]
    [InlineData("string v = 1;", "0801", "the field v is not of the type that the schema says")]
    [InlineData("string v = 1;", "0A01FF", "the field v is not valid UTF-8")]
    [InlineData("repeated fixed32 v = 1;", "0A03000000", "the values of the field v are broken")]
    [InlineData("T v = 1;", "0801", "the field v is no message")]
    [InlineData("T v = 1;", "0A0108", "at byte 2 field 1 of T is broken")]
    [InlineData("int32 v = 1;", "130A", "at byte 0 field 2 of T is broken")]
    [InlineData("int32 v = 1;", "131C", "at byte 0 field 2 of T is broken")]
    [InlineData("google.protobuf.Timestamp v = 1;", "0A0610FFFFFFFF07", "a google.protobuf.Timestamp has nanoseconds that are none")]
    public void Transcode_Broken_SaysWhy(string body, string hex, string reason) =>
        Assert.Equal($"the message is not what its schema T says: {reason}", Transcode($$"""syntax = "proto3"; message T { {{body}} }""", Convert.FromHexString(hex), out _)?.Reason);

    [Fact]
    public void Transcode_DeeperThanAllowed_IsRejected()
    {
        byte[] bytes = [];
        for (int i = 0; i < 63; i++) bytes = [0x0A, .. Length(bytes.Length), .. bytes];
        Assert.Null(Transcode("message T { optional T v = 1; }", bytes, out _));
        bytes = [0x0A, .. Length(bytes.Length), .. bytes];
        Assert.EndsWith("messages are nested deeper than 64 (format.maxDepth)", Transcode("message T { optional T v = 1; }", bytes, out _)?.Reason);
    }

    [Fact]
    public void Transcode_LittleThatStandsForMuch_StopsAtTheLimit()
    {
        // Two bytes a message on the wire, and each is an object of many defaults.
        string fields = string.Join(" ", Enumerable.Range(1, 100).Select(n => $"int32 a_rather_long_name_{n} = {n};"));
        byte[] bytes = [.. Enumerable.Range(0, 1000).SelectMany(_ => new byte[] { 0x0A, 0 })];
        RowFault? fault = Transcode($$"""syntax = "proto3"; message T { repeated M v = 1; message M { {{fields}} } }""", bytes, out _, new FormatLimits { MaxDecodedBytes = 100_000 });
        Assert.Equal("the message is larger as JSON than format.maxDecodedBytes allows; raise it if that is meant", fault?.Reason);
    }

    [Theory]
    [InlineData("", "declares no message type")]
    [InlineData("message T {", "line 1: a name was expected", true)]
    [InlineData("message T { int32 v; }", "line 1: = was expected, at ;")]
    [InlineData("\n\nmessage T { int32 v = 0; }", "line 3: 0 is no number of a field")]
    [InlineData("message T { int32 v = 1; int32 w = 1; }", "T has two fields with the number 1")]
    [InlineData("message T {} message T {}", "the message type T is declared twice")]
    [InlineData("message T { X v = 1; }", "the type X of the field v of T is not declared")]
    [InlineData("message T { map<float, int32> v = 1; }", "float cannot be the type of a map's keys")]
    [InlineData("syntax = \"proto3", "a string is not closed")]
    [InlineData("type T {}", "a declaration was expected, at type")]
    public void Parse_NoSchema_SaysWhere(string schema, string error, bool isAnyEnd = false)
    {
        string message = Assert.Throws<ProtoSchemaException>(() => ProtoSchema.Parse(schema, [])).Message;
        Assert.Contains(isAnyEnd ? "line 1: " : error, message, StringComparison.Ordinal);
    }

    private static byte[] Length(int length) => length < 128 ? [(byte)length] : [(byte)(length | 0x80), (byte)(length >> 7)];

    private static void AssertJson(string schema, byte[] bytes, string expected)
    {
        RowFault? fault = Transcode(schema, bytes, out string json);
        Assert.True(fault is null, fault?.Reason);
        Assert.Equal(expected, json);
        JsonDocument.Parse(json).Dispose();
    }

    private static RowFault? Transcode(string schema, byte[] bytes, out string json, FormatLimits? limits = null)
    {
        var transcoder = new ProtobufTranscoder(ProtoSchema.Parse(schema, []).Find(name: null), limits ?? FormatLimits.Default);
        RowFault? fault = transcoder.Transcode(bytes, out ReadOnlySpan<byte> text);
        json = Encoding.UTF8.GetString(text);
        return fault;
    }
}
