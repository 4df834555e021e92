using System.Globalization;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Sinks.ClickHouse.Encoding;
using ClickSink.Tests.Unit.Formats;
using Xunit;
using static ClickSink.Tests.Unit.Formats.DecoderHarness;

namespace ClickSink.Tests.Unit.Columns;

public sealed class AppendRowsTests
{
    private static readonly string[] Types =
    [
        "String", "Nullable(String)", "LowCardinality(String)", "LowCardinality(Nullable(String))", "Int8", "UInt16", "Nullable(Int32)", "UInt64", "Float32",
        "Nullable(Float64)", "Decimal(9, 2)", "Decimal(38, 3)", "Decimal(76, 3)", "Date", "DateTime", "DateTime64(3)",
        "Int128", "UInt256", "BFloat16", "FixedString(600)", "Date32", "IPv4", "LowCardinality(UInt16)", "LowCardinality(Nullable(FixedString(600)))",
        "Array(String)", "Array(Array(LowCardinality(String)))", "Tuple(Int32, Array(UInt16))", "Map(String, UInt16)", "Variant(UInt16, String)", "Dynamic",
        "Nested(a UInt16, b String)",
    ];

    [Fact]
    public void AppendRows_AnyRowsOfEveryKindOfColumn_GivesTheBytesOfDecodingThem()
    {
        var random = new Random(50);
        using DecoderHarness source = Create();
        List<string> rows = [.. Enumerable.Range(0, 2_000).Select(_ => RandomRow(random))];
        rows.ForEach(source.Accept);
        for (int round = 0; round < 10; round++)
        {
            using DecoderHarness expected = Create();
            using DecoderHarness actual = Create();
            for (int i = random.Next(3); i > 0; i--)
            {
                string own = RandomRow(random);
                expected.Accept(own);
                actual.Accept(own);
            }

            int[] chosen = [.. Enumerable.Range(0, random.Next(1_500)).Select(_ => random.Next(rows.Count))];
            foreach (int row in chosen) expected.Accept(rows[row]);
            actual.Block.AppendRows(source.Block, chosen.AsSpan(0, chosen.Length / 2));
            actual.Block.AppendRows(source.Block, chosen.AsSpan(chosen.Length / 2));

            Assert.Equal(expected.Rows, actual.Rows);
            Assert.Equal(Encode(expected.Block), Encode(actual.Block));
        }
    }

    [Fact]
    public void AppendRows_ThenTruncateAndDecode_IsAsIfTheRowsHadBeenDecoded()
    {
        using DecoderHarness source = Create();
        for (int i = 0; i < 300; i++) source.Accept(Row(i));
        using DecoderHarness block = Create();
        using DecoderHarness expected = Create();

        block.Block.AppendRows(source.Block, [.. Enumerable.Range(100, 150)]);
        block.Block.Truncate(5);
        block.Accept(Row(7));

        foreach (int i in new[] { 100, 101, 102, 103, 104, 7 }) expected.Accept(Row(i));
        Assert.Equal(Encode(expected.Block), Encode(block.Block));
    }

    [Fact]
    public void AppendRows_OtherColumns_Throws()
    {
        using var left = new DecoderHarness(Column("a", "Int8"));
        using var right = new DecoderHarness(Column("a", "Int16"));
        using var wider = new DecoderHarness(Column("a", "Int8"), Column("b", "Int8"));
        Assert.Throws<ArgumentException>(() => left.Block.AppendRows(right.Block, []));
        Assert.Throws<ArgumentException>(() => left.Block.AppendRows(wider.Block, []));
        Assert.Throws<ArgumentException>(() => left.Block.AppendRows(left.Block, []));
        Assert.Equal(0, left.Rows);
    }

    private static DecoderHarness Create() => new([.. Types.Select((type, i) => Column(Name(i), type))]);

    private static string Name(int column) => string.Create(CultureInfo.InvariantCulture, $"c{column}");

    private static string RandomRow(Random random) => random.Next(20) == 0 ? Row(null) : Row(random.Next(600));

    private static string Row(int? value) => "{" + string.Join(",", Types.Select((type, i) => $"\"{Name(i)}\":{Value(type, value)}")) + "}";

    private static string Value(string type, int? value) => (type, value) switch
    {
        (_, null) => "null",
        ("Int8", int number) => (number % 100).ToString(CultureInfo.InvariantCulture),
        ("Array(String)", int number) => $"[{string.Join(",", Enumerable.Repeat($"\"{number}\"", number % 5))}]",
        ("Array(Array(LowCardinality(String)))", int number) => $"[{string.Join(",", Enumerable.Repeat($"[\"{number}\",\"\",\"a\"]", number % 3))}]",
        ("Tuple(Int32, Array(UInt16))", int number) => $"[{number},[{number},1]]",
        ("Map(String, UInt16)", int number) => $"{{{string.Join(",", Enumerable.Range(0, number % 4).Select(i => $"\"{i}\":{number}"))}}}",
        ("Nested(a UInt16, b String)", int number) => $"[{string.Join(",", Enumerable.Repeat($$"""{"a":{{number}}}""", number % 4))}]",
        ("Variant(UInt16, String)", int number) => number % 2 == 0 ? $"{number}" : $"\"{number}s\"",
        ("Dynamic", int number) => (number % 6) switch { 0 => "true", 1 => "1.5", 2 => $"{number}", 3 => $"[{number},[\"x\"]]", 4 => $$"""{"a":{{number}}}""", _ => "\"text\"" },
        (_, int number) when type.Contains("String", StringComparison.Ordinal) => $"\"{new string('x', number)}\"",
        (_, int number) => number.ToString(CultureInfo.InvariantCulture),
    };

    private static byte[] Encode(ColumnBlock block)
    {
        using var stream = new MemoryStream();
        NativeEncoder.Write(block, stream);
        return stream.ToArray();
    }
}
