using System.Buffers;
using ClickSink.Engine.Sinks.ClickHouse.Encoding;
using ClickSink.Tests.Unit.Formats;
using Xunit;
using static ClickSink.Tests.Unit.Formats.DecoderHarness;

namespace ClickSink.Tests.Unit.Sinks.ClickHouse;

/// <summary>
/// The expected bytes were written by ClickHouse 26.5 itself: SELECT ... AS c FORMAT Native, of the same values in the same
/// type. clickhouse-server 18.16 reads them too, for the types that it has.
/// </summary>
public sealed class NativeEncoderTests
{
    [Theory]
    [InlineData("Int8", "[-128,0,127]", "0103016304496e743880007f")]
    [InlineData("UInt64", "[0,18446744073709551615]", "010201630655496e7436340000000000000000ffffffffffffffff")]
    [InlineData("Int32", "[-5,5]", "0102016305496e743332fbffffff05000000")]
    [InlineData("Float32", "[1.5,-0.1]", "0102016307466c6f617433320000c03fcdccccbd")]
    [InlineData("Float64", "[1.5,-0.1]", "0102016307466c6f61743634000000000000f83f9a9999999999b9bf")]
    [InlineData("Bool", "[true,false]", "0102016304426f6f6c0100")]
    [InlineData("Date", "[\"1970-01-01\",\"2149-06-06\"]", "0102016304446174650000ffff")]
    [InlineData("DateTime", "[0,4294967295]", "01020163084461746554696d6500000000ffffffff")]
    [InlineData(
        "DateTime64(3, 'UTC')",
        "[\"1900-01-01 00:00:00.001\",\"2299-12-31 23:59:59.999\"]",
        "01020163144461746554696d65363428332c2027555443272901dc01aefdfdffffff775fa678090000")]
    [InlineData(
        "UUID",
        "[\"00112233-4455-6677-8899-aabbccddeeff\",\"ffffffff-0000-0000-0000-000000000001\"]",
        "0102016304555549447766554433221100ffeeddccbbaa998800000000ffffffff0100000000000000")]
    [InlineData("Decimal(9, 2)", "[-1.25,9999999.99]", "010201630d446563696d616c28392c20322983ffffffffc99a3b")]
    [InlineData("Decimal(18, 4)", "[-1.25,99999999999999.9999]", "010201630e446563696d616c2831382c2034292ccfffffffffffffffff63a7b3b6e00d")]
    [InlineData(
        "Decimal(38, 9)",
        "[-1.25,12345678901234567890123456789.123456789]",
        "010201630e446563696d616c2833382c20392980837eb5ffffffffffffffffffffffff155fd8e4509049c4133302f0f6b04909")]
    [InlineData(
        "Decimal(76, 1)",
        "[-1.2,12345678901234567890123456789012345678901234567890.5]",
        "010201630e446563696d616c2837362c203129f4ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff396c760ee46fcfb7cd8c80214d5eb2ad20e2f978540000000000000000000000")]
    [InlineData("String", "[\"\",\"a\",\"é\"]", "0103016306537472696e6700016102c3a9")]
    [InlineData("Nullable(Int16)", "[1,null,2]", "010301630f4e756c6c61626c6528496e74313629000100010000000200")]
    [InlineData("Nullable(String)", "[\"a\",null,\"\"]", "01030163104e756c6c61626c6528537472696e672900010001610000")]
    [InlineData(
        "LowCardinality(String)",
        "[\"click\",\"\",\"view\",\"click\"]",
        "01040163164c6f7743617264696e616c69747928537472696e67290100000000000000000600000000000003000000000000000005636c69636b0476696577040000000000000001000201")]
    [InlineData(
        "LowCardinality(Nullable(String))",
        "[\"click\",null,\"\",\"view\",\"click\"]",
        "01050163204c6f7743617264696e616c697479284e756c6c61626c6528537472696e672929010000000000000000060000000000000400000000000000000005636c69636b047669657705000000000000000200010302")]
    [InlineData(
        "Array(UInt8)",
        "[[1,2],[],[3]]",
        "010301630c41727261792855496e743829020000000000000002000000000000000300000000000000010203")]
    [InlineData(
        "Array(LowCardinality(String))",
        "[[\"x\",\"y\",\"x\"],[]]",
        "010201631d4172726179284c6f7743617264696e616c69747928537472696e6729290100000000000000030000000000000003000000000000000006000000000000030000000000000000017801790300000000000000010201")]
    [InlineData(
        "Map(String, UInt8)",
        "[{\"a\":1,\"b\":2},{}]",
        "01020163124d617028537472696e672c2055496e74382902000000000000000200000000000000016101620102")]
    [InlineData(
        "Tuple(a UInt8, b String)",
        "[{\"a\":1,\"b\":\"x\"},[2,\"y\"]]",
        "01020163185475706c6528612055496e74382c206220537472696e6729010201780179")]
    [InlineData(
        "Int128",
        "[-5,170141183460469231731687303715884105727]",
        "0102016306496e74313238fbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("UInt256", "[1]", "010101630755496e743235360100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("IPv4", "[\"1.2.3.4\"]", "01010163044950763404030201")]
    [InlineData("IPv6", "[\"2001:db8::1\"]", "01010163044950763620010db8000000000000000000000001")]
    [InlineData("Date32", "[\"1900-01-01\",\"2299-12-31\"]", "0102016306446174653332219cffffd1d60100")]
    [InlineData("Enum8('b' = -2, 'a' = 1)", "[\"a\",\"b\"]", "0102016318456e756d3828276227203d202d322c20276127203d20312901fe")]
    [InlineData("FixedString(3)", "[\"ab\"]", "010101630e4669786564537472696e67283329616200")]
    [InlineData("BFloat16", "[1.5,-2]", "010201630842466c6f61743136c03f00c0")]
    [InlineData(
        "LowCardinality(UInt16)",
        "[5,0,7,5]",
        "01040163164c6f7743617264696e616c6974792855496e74313629010000000000000000060000000000000300000000000000000005000700040000000000000001000201")]
    [InlineData(
        "Variant(UInt64, String)",
        "[7,\"x\",null]",
        "010301631756617269616e7428537472696e672c2055496e7436342900000000000000000100ff01780700000000000000")]
    [InlineData("Point", "[[1.5,-2]]", "0101016305506f696e74000000000000f83f00000000000000c0")]
    [InlineData("Time64(3)", "[\"10:11:12.345\"]", "010101630954696d65363428332959932f0200000000")]
    public void Write_ValuesOfAType_GivesTheBytesOfClickHouse(string type, string values, string expected)
    {
        using DecoderHarness decoder = Decode(type, values);
        using var stream = new MemoryStream();
        long written = NativeEncoder.Write(decoder.Block, stream);
        Assert.Equal(expected, Convert.ToHexStringLower(stream.ToArray()));
        Assert.Equal(stream.Length, written);
    }

    [Fact]
    public void Write_StringOf130Bytes_HasALengthOfTwoBytes()
    {
        using DecoderHarness decoder = Decode("String", $"[\"{new string('x', 130)}\"]");
        using var stream = new MemoryStream();
        NativeEncoder.Write(decoder.Block, stream);
        Assert.Equal("0101016306537472696e678201" + string.Concat(Enumerable.Repeat("78", 130)), Convert.ToHexStringLower(stream.ToArray()));
    }

    [Fact]
    public void Write_Nested_IsOneArrayAField()
    {
        using DecoderHarness nested = Decode("Nested(a UInt8, b String)", """[[{"a":1,"b":"x"},{"a":2}],[]]""");
        using var apart = new DecoderHarness(Column("c.a", "Array(UInt8)"), Column("c.b", "Array(String)"));
        apart.Accept("""{"c":{"a":[1,2],"b":["x",""]}}""");
        apart.Accept("{}");
        using var actual = new MemoryStream();
        using var expected = new MemoryStream();
        NativeEncoder.Write(nested.Block, actual);
        NativeEncoder.Write(apart.Block, expected);
        Assert.Equal(Convert.ToHexStringLower(expected.ToArray()), Convert.ToHexStringLower(actual.ToArray()));
    }

    [Fact]
    public void Write_NoRows_IsTheHeaderOnly()
    {
        using DecoderHarness decoder = Decode("LowCardinality(String)", "[]");
        using var stream = new MemoryStream();
        NativeEncoder.Write(decoder.Block, stream);
        Assert.Equal("01000163164c6f7743617264696e616c69747928537472696e6729", Convert.ToHexStringLower(stream.ToArray()));
    }

    [Fact]
    public async Task Write_StreamBufferAndAsync_AreTheSameBytes()
    {
        using var decoder = new DecoderHarness(
            Column("a", "String"), Column("b", "LowCardinality(String)"), Column("c", "Nullable(Int64)"), Column("ä", "Date"));
        for (int i = 0; i < 1000; i++) decoder.Accept($$"""{"a":"{{i}}","b":"{{i % 300}}","c":{{(i % 3 == 0 ? "null" : i)}},"ä":{{i}}}""");
        using var stream = new MemoryStream();
        using var asynchronous = new MemoryStream();
        var buffer = new ArrayBufferWriter<byte>();

        NativeEncoder.Write(decoder.Block, stream);
        await NativeEncoder.WriteAsync(decoder.Block, asynchronous, TestContext.Current.CancellationToken);
        NativeEncoder.Write(decoder.Block, buffer);

        Assert.Equal(stream.ToArray(), asynchronous.ToArray());
        Assert.Equal(stream.ToArray(), buffer.WrittenSpan.ToArray());
    }

    [Fact]
    public void Encode_ManyColumns_HeadersSpanSeveralChunksAndKeepTheirOrder()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"column_with_a_rather_long_name_{i:D4}")];
        using var decoder = new DecoderHarness([.. names.Select(name => Column(name, "UInt8"))]);
        decoder.Accept("{" + string.Join(",", names.Select((name, i) => $"\"{name}\":{i % 256}")) + "}");
        using var stream = new MemoryStream();
        NativeEncoder.Write(decoder.Block, stream);

        using var reader = new BinaryReader(stream);
        stream.Position = 0;
        Assert.Equal(300, reader.Read7BitEncodedInt());
        Assert.Equal(1, reader.Read7BitEncodedInt());
        for (int i = 0; i < names.Length; i++)
        {
            Assert.Equal(names[i], reader.ReadString());
            Assert.Equal("UInt8", reader.ReadString());
            Assert.Equal(i % 256, reader.ReadByte());
        }

        Assert.Equal(stream.Length, stream.Position);
    }

    private static DecoderHarness Decode(string type, string values)
    {
        var decoder = new DecoderHarness(Column("c", type));
        using var document = System.Text.Json.JsonDocument.Parse(values);
        foreach (System.Text.Json.JsonElement value in document.RootElement.EnumerateArray()) decoder.Accept($$"""{"c":{{value.GetRawText()}}}""");
        return decoder;
    }
}
