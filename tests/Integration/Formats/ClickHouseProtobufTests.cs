using System.Text;
using System.Text.Json.Nodes;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Protobuf;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Formats;

/// <summary>Our Protobuf decoder on what ClickHouse's own encoder writes, compared with the JSON that ClickHouse writes of the same row.</summary>
public sealed class ClickHouseProtobufTests
{
    private readonly SharedServers _servers;

    public ClickHouseProtobufTests(SharedServers servers) => _servers = servers;

    [Theory]
    [InlineData("int32 v = 1; sint64 w = 2; fixed32 x = 3; sfixed64 y = 4;", "-5::Int32 AS v, -9223372036854775808 AS w, 4294967295::UInt32 AS x, -2::Int64 AS y")]
    [InlineData("uint64 v = 1; bool w = 2; double x = 3; float y = 4;", "18446744073709551615::UInt64 AS v, true AS w, 1 / 7 AS x, toFloat32(0.5) AS y")]
    [InlineData("string v = 1; repeated int32 w = 2; repeated string x = 3;", "repeat('é\"', 200) AS v, range(300)::Array(Int32) AS w, ['', 'b'] AS x")]
    [InlineData("map<string, int64> v = 1;", "map('a', -1::Int64, 'b', 2) AS v")]
    [InlineData("M v = 1; message M { int32 a = 1; N b = 2; message N { string c = 20; } }", "CAST((7, ('deep',)), 'Tuple(a Int32, b Tuple(c String))') AS v")]
    [InlineData("E v = 1; enum E { zero = 0; one = 1; }", "CAST('one', 'Enum8(\\'zero\\' = 0, \\'one\\' = 1)') AS v")]
    public async Task Transcode_ClickHousesProtobuf_IsItsJson(string fields, string columns)
    {
        var clickHouse = await _servers.EmbeddedClickHouseAsync();
        string schema = $$"""syntax = "proto3"; message T { {{fields}} }""";
        byte[] json = await RawQuery.RunAsync(clickHouse, $"SELECT {columns} SETTINGS output_format_json_quote_64bit_integers=0 FORMAT JSONEachRow");
        byte[] message = await RawQuery.RunAsync(
            clickHouse, $"SELECT {columns} SETTINGS format_schema_source='string', format_schema='{schema}', format_schema_message_name='T' FORMAT ProtobufSingle");

        var transcoder = new ProtobufTranscoder(ProtoSchema.Parse(schema, []).Find("T"), FormatLimits.Default);
        RowFault? fault = transcoder.Transcode(message, out ReadOnlySpan<byte> ours);

        Assert.True(fault is null, fault?.Reason);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(Encoding.UTF8.GetString(ours))), $"{Encoding.UTF8.GetString(json)}{Encoding.UTF8.GetString(ours)}");
    }
}
