using System.Text;
using System.Text.Json.Nodes;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Avro;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Formats;

/// <summary>Our Avro decoder on what ClickHouse's own encoder writes, compared with the JSON that ClickHouse writes of the same rows.</summary>
public sealed class ClickHouseAvroTests
{
    private readonly SharedServers _servers;

    public ClickHouseAvroTests(SharedServers servers) => _servers = servers;

    [Theory]
    [InlineData("toInt8(number - 5) AS v")]
    [InlineData("toInt32(number * 100000007 - 2000000000) AS v")]
    [InlineData("toInt64(-9223372036854775808 + number * number) AS v")]
    [InlineData("number % 2 = 0 AS v")]
    [InlineData("toFloat32(number / 8 - 3) AS v")]
    [InlineData("number / 7 AS v")]
    [InlineData("repeat('é\"\\\\', number) AS v")]
    [InlineData("if(number % 3 = 0, NULL, toString(number)) AS v, if(number % 2 = 0, NULL, number::Int64) AS w")]
    [InlineData("range(number % 5)::Array(Int32) AS v, arrayMap(x -> if(x % 2 = 0, NULL, toString(x)), range(number)) AS w")]
    [InlineData("map(toString(number), number::Int64, 'k', 1) AS v")]
    [InlineData("toDecimal64(number * 1.125 - 3, 4) AS v, toDecimal128(number, 20) * -1 AS w")]
    [InlineData("CAST(if(number % 2 = 0, 'a', 'b'), 'Enum8(\\'a\\' = 1, \\'b\\' = 2)') AS v")]
    [InlineData("toUUID('00112233-4455-6677-8899-aabbccddeeff') AS v")]
    [InlineData("toDate32('1960-01-01') + number * 10000 AS v")]
    [InlineData("CAST((number::Int32, toString(number)), 'Tuple(a Int32, b String)') AS v, [CAST((number::Int64, [1]::Array(Int32)), 'Tuple(c Int64, d Array(Int32))')] AS w")]
    public async Task Transcode_ClickHousesAvro_IsItsJson(string columns)
    {
        var clickHouse = await _servers.EmbeddedClickHouseAsync();
        byte[] lines = await RawQuery.RunAsync(clickHouse, $"SELECT {columns} FROM numbers(12) SETTINGS output_format_json_quote_64bit_integers=0, output_format_json_quote_decimals=0 FORMAT JSONEachRow");
        string[] expected = Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        byte[] file = await RawQuery.RunAsync(clickHouse, $"SELECT {columns} FROM numbers(12) SETTINGS output_format_avro_codec='null', output_format_avro_string_column_pattern='.*' FORMAT Avro");
        var container = AvroContainer.Read(file);
        var schema = AvroSchemaParser.Parse(container.Schema, []);
        var rows = container.SplitRows(schema, expected.Length);
        var transcoder = new AvroTranscoder(schema, FormatLimits.Default);

        for (int i = 0; i < expected.Length; i++)
        {
            RowFault? fault = transcoder.Transcode(rows[i], out ReadOnlySpan<byte> json);
            Assert.True(fault is null, fault?.Reason);
            JsonNode? ours = JsonNode.Parse(Encoding.UTF8.GetString(json));
            JsonNode? theirs = JsonNode.Parse(expected[i]);
            Assert.True(JsonNode.DeepEquals(theirs, ours), $"{theirs?.ToJsonString()}\n{Encoding.UTF8.GetString(json)}");
        }
    }

}
