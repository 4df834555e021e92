using System.Text;
using ClickSink.Engine.Pipelines;
using Xunit;
using static ClickSink.Tests.Unit.Formats.FormatHarness;

namespace ClickSink.Tests.Unit.Formats.Delimited;

public sealed class TsvDecoderTests
{
    [Theory]
    [InlineData("a\tb\n1\tx\n2\t\n", "1|x;2|")]
    [InlineData("b\ta\r\nx\ty\t1", null)]
    [InlineData("a\tb\n\\N\t\\N\n3\tt\\tab\\nline\\\\N", "-|-;3|t\tab\nline\\N")]
    [InlineData("a\tb\n1\t\"quoted\"", "1|\"quoted\"")]
    [InlineData("a\tb\n1\tx\\", null)]
    public void TryDecode_WithHeader_UndoesEscapes(string message, string? rows)
    {
        using var harness = new FormatHarness(new FormatOptions { Tsv = new() }, Column("a", "Nullable(Int32)"), Column("b", "Nullable(String)"));
        if (rows is null)
        {
            Assert.StartsWith("line 2", harness.Reject(message).Reason);
            return;
        }

        harness.Accept(message);
        Assert.Equal(rows, string.Join(";", harness.Text));
    }

    [Fact]
    public void TryDecode_FixedColumns_NeedNoHeader()
    {
        using var harness = new FormatHarness(
            new FormatOptions { Tsv = new() { Header = false, Columns = ["a", "b"], EmptyIsNull = true } }, Column("a", "Nullable(Int32)"), Column("b", "Nullable(String)"));
        harness.Accept("1\tx\n\t");
        Assert.Equal(["1|x", "-|-"], harness.Text);
    }

    [Fact]
    public void TryDecode_RandomAndDamaged_LeavesNoHalfRow()
    {
        using var harness = new FormatHarness(new FormatOptions { Tsv = new() }, Column("a", "Nullable(Int32)"), Column("b", "Nullable(String)"));
        harness.Fuzz([Encoding.UTF8.GetBytes("a\tb\n1\tx\\t\n\\N\ty\n")], seed: 3);
    }
}
