using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Tests.Unit.Formats;
using Xunit;
using static ClickSink.Tests.Unit.Formats.DecoderHarness;

namespace ClickSink.Tests.Unit.Columns;

public sealed class ColumnBlockTests
{
    [Fact]
    public void Truncate_RowsOfEveryKindOfColumn_KeepsTheFirstOnes()
    {
        using DecoderHarness decoder = CreateWithEveryFamily();
        for (int i = 0; i < 10; i++) decoder.Accept($$"""{"s":"{{new string('x', i * 50)}}","l":"k{{i}}","n":{{i}},"b":true,"f":{{i}}.5,"m":{{i}}.25}""");
        long bytes = decoder.Block.Bytes;

        decoder.Block.Truncate(4);

        Assert.Equal(4, decoder.Rows);
        Assert.InRange(decoder.Block.Bytes, 1, bytes / 2);
        Assert.Equal(150, decoder[0, 3]!.Length);
        Assert.Equal("k3", decoder[1, 3]);
        Assert.Equal("3", decoder[2, 3]);
        decoder.Accept("""{"s":"again","l":"k9","n":null,"b":false,"f":1,"m":2}""");
        Assert.Equal(["again", "k9", null, "0", "1", "200"], Enumerable.Range(0, 6).Select(column => decoder[column, 4]));
    }

    [Fact]
    public void Truncate_ToMoreThanItHolds_Throws()
    {
        using DecoderHarness decoder = CreateWithEveryFamily();
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Block.Truncate(1));
    }

    [Fact]
    public void Clear_AndFillAgain_HoldsTheNewRowsOnly()
    {
        using DecoderHarness decoder = CreateWithEveryFamily();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 500; i++) decoder.Accept($$"""{"s":"{{round}}/{{i}}","l":"{{round}}/{{i}}","n":{{i}},"b":true,"f":1,"m":1}""");
            Assert.Equal(500, decoder.Rows);
            Assert.Equal($"{round}/499", decoder[0, 499]);
            Assert.Equal($"{round}/499", decoder[1, 499]);
            decoder.Block.Clear();
            Assert.Equal(0, decoder.Rows);
            Assert.Equal(0, decoder.Block.Bytes);
        }
    }

    [Fact]
    public void Dispose_NotCalled_IsListedAsALeakByColumnName()
    {
        var pool = new BufferPool();
        using var decoder = new DecoderHarness(Column("leaky", "String"));
        ColumnBlock block = decoder.Plan.CreateBlock(pool);
        Assert.True(decoder.Decoder.TryDecode(new Engine.Formats.Message { Value = """{"leaky":"x"}"""u8 }, block, out _));

        Assert.Equal(2, pool.LeakedCount);
        Assert.InRange(pool.RentedBytes, block.Bytes, 1 << 20);
#if DEBUG
        Assert.Equal(["leaky", "leaky"], pool.Leaks);
#endif
        block.Dispose();
        block.Dispose();
        Assert.Equal(0, pool.LeakedCount);
        Assert.Equal(0, pool.RentedBytes);
    }

    [Fact]
    public void StringColumn_LongAndShortRows_AreFoundAtRandom()
    {
        var pool = new BufferPool();
        Assert.True(ColumnType.TryParse("String", out ColumnType? type, out _));
        using (var column = (StringColumn)ColumnFactory.Create("s", type, pool))
        {
            int[] lengths = [0, 1, 127, 128, 129, 16_383, 16_384, 100_000, 3];
            foreach (int length in lengths) column.AppendText(Encoding.ASCII.GetBytes(new string((char)('a' + length % 26), length)));
            for (int row = lengths.Length - 1; row >= 0; row--)
            {
                Assert.Equal(lengths[row], column[row].Length);
                Assert.Equal(-1, column[row].IndexOfAnyExcept((byte)('a' + lengths[row] % 26)));
            }
        }

        Assert.Equal(0, pool.LeakedCount);
    }

    private static DecoderHarness CreateWithEveryFamily() => new(
        Column("s", "String"),
        Column("l", "LowCardinality(String)"),
        Column("n", "Nullable(Int16)"),
        Column("b", "Bool"),
        Column("f", "Float64"),
        Column("m", "Decimal(9, 2)"));
}
