using System.Globalization;
using System.Text;
using ClickSink.Engine.Columns;
using Xunit;

namespace ClickSink.Tests.Unit.Columns;

public sealed class LowCardinalityColumnTests
{
    private readonly BufferPool _pool = new();

    [Theory]
    [InlineData(10, 1)]
    [InlineData(255, 1)]
    [InlineData(256, 2)]
    [InlineData(65_535, 2)]
    [InlineData(65_536, 4)]
    public void AppendText_MoreAndMoreValues_PositionsWidenAndKeepTheirMeaning(int distinct, int width)
    {
        using (LowCardinalityColumn column = Create("LowCardinality(String)"))
        {
            for (int round = 0; round < 2; round++)
            {
                for (int i = 0; i < distinct; i++) Append(column, Text(i));
            }

            Assert.Equal(distinct + 1, column.Keys.Count);
            Assert.Equal(2L * distinct * width + column.Keys.Bytes, column.Bytes);
            for (int row = 0; row < column.Count; row += 7) Assert.Equal(Text(row % distinct), Encoding.UTF8.GetString(column[row]));
        }

        Assert.Equal(0, _pool.LeakedCount);
    }

    [Fact]
    public void Truncate_RandomOperations_LeavesWhatAFreshColumnWouldHold()
    {
        var random = new Random(40);
        using (LowCardinalityColumn column = Create("LowCardinality(Nullable(String))"))
        {
            List<string?> expected = [];
            for (int step = 0; step < 300; step++)
            {
                for (int i = random.Next(40); i > 0; i--)
                {
                    string? text = random.Next(10) == 0 ? null : random.Next(10) == 0 ? "" : Text(random.Next(1000));
                    expected.Add(text);
                    if (text is null)
                        Assert.True(column.AppendNull());
                    else
                        Append(column, text);
                }

                int rows = random.Next(20) == 0 ? 0 : random.Next(expected.Count + 1);
                column.Truncate(rows);
                if (rows < expected.Count) expected.RemoveRange(rows, expected.Count - rows);

                Assert.Equal(expected.Count, column.Count);
                int distinct = expected.Where(text => !string.IsNullOrEmpty(text)).Distinct().Count();
                if (rows > 0) Assert.Equal(distinct + 2, column.Keys.Count);
            }

            for (int row = 0; row < expected.Count; row++)
            {
                Assert.Equal(expected[row] is null, column.GetPosition(row) == 0);
                Assert.Equal(expected[row] ?? "", Encoding.UTF8.GetString(column[row]));
            }
        }

        Assert.Equal(0, _pool.LeakedCount);
    }

    [Fact]
    public void AppendNull_TypeWithoutNull_IsRefused()
    {
        using LowCardinalityColumn column = Create("LowCardinality(String)");
        Assert.False(column.AppendNull());
        Assert.Equal(0, column.Count);
        column.AppendDefault();
        Assert.Equal(0, column[0].Length);
    }

    [Fact]
    public void Utf8Hash_TextsOfEveryLength_SpreadOverTheSlots()
    {
        HashSet<uint> hashes = [];
        byte[] text = new byte[64];
        for (int length = 0; length <= text.Length; length++)
        {
            hashes.Add(Utf8Hash.Compute(text.AsSpan(0, length)));
            for (int at = 0; at < length; at++)
            {
                text[at] ^= 1;
                hashes.Add(Utf8Hash.Compute(text.AsSpan(0, length)));
                text[at] ^= 1;
            }
        }

        // 65 lengths and 2080 single changes: none may be overlooked, so collisions are down to chance.
        Assert.InRange(hashes.Count, 2140, 2145);
    }

    private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x}-{new string('v', number % 20)}");

    private static void Append(Column column, string text) => Assert.Equal(AppendOutcome.Accepted, column.AppendText(Encoding.UTF8.GetBytes(text)));

    private LowCardinalityColumn Create(string text)
    {
        Assert.True(ColumnType.TryParse(text, out ColumnType? type, out string? error), error);
        return (LowCardinalityColumn)ColumnFactory.Create("c", type, _pool);
    }
}
