using System.Text;
using ClickSink.Engine.Formats.Delimited;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using Xunit;
using static ClickSink.Tests.Unit.Formats.FormatHarness;

namespace ClickSink.Tests.Unit.Formats.Delimited;

public sealed class CsvDecoderTests
{
    private static readonly ColumnMapping[] Columns = [Column("a", "Nullable(Int32)"), Column("b", "Nullable(String)")];

    [Theory]
    [InlineData("a,b\n1,x\n2,y\n", "1|x;2|y")]
    [InlineData("b,a\r\nx,1\r\ny,2", "1|x;2|y")]
    [InlineData("\uFEFFa,b,c\n1,x,ignored", "1|x")]
    [InlineData("\n\na,b\n\n1,x\n\r\n2,y\n\n", "1|x;2|y")]
    [InlineData("a,b\n1,\"x,y\"\n2,\"say \"\"hi\"\" and \"\"\"\n", "1|x,y;2|say \"hi\" and \"")]
    [InlineData("a,b\n1,\"x\ny\r\nz\"\n2,", "1|x\ny\r\nz;2|-")]
    [InlineData("a,b\n,\n\\N,\"\"\n\"3\",\"\\N\"", "-|-;-|;3|\\N")]
    [InlineData("a,b", "")]
    [InlineData("\"a\",\"b\"\n1, x ", "1| x ")]
    [InlineData("", "")]
    [InlineData("b\nx\n\"\"", "-|x;-|")]
    public void TryDecode_WithHeader_RecordsAreRows(string message, string rows)
    {
        using var harness = new FormatHarness(new FormatOptions { Csv = new() }, Columns);
        harness.Accept(message);
        Assert.Equal(rows, string.Join(";", harness.Text));
    }

    [Theory]
    [InlineData("a,b\n1,x\n2", "line 3: the record has 1 of the 2 fields that the header names")]
    [InlineData("a,b\n1,x,y", "line 2: the record has more than the 2 fields that the header names")]
    [InlineData("a,b\n1,\"x", "line 2: field 2 begins with a quote that is never closed")]
    [InlineData("a,b\n1,\"x\"y", "line 2: field 2 goes on behind its closing quote")]
    [InlineData("a,b\n1,x\"y", "line 2: field 2 holds a quote, but does not begin with one")]
    [InlineData("a,b,a\n", "line 1: field 3 of the header has the name \"a\", as another one before it")]
    [InlineData("a,b\n1,\"x\ny\"\nz,1", "line 4, field 1: column \"a\" (Nullable(Int32)) from path \"a\": z is not a number")]
    public void TryDecode_Broken_SaysLineAndField(string message, string reason)
    {
        using var harness = new FormatHarness(new FormatOptions { Csv = new() }, Columns);
        harness.Accept("a,b\n7,x");
        Assert.Equal(reason, harness.Reject(message).Reason);
        Assert.Equal(["7|x"], harness.Text);
    }

    [Fact]
    public void TryDecode_NotUtf8_IsNoText()
    {
        using var harness = new FormatHarness(new FormatOptions { Csv = new() }, Columns);
        Assert.Equal("the message is not valid UTF-8, so it is no text", harness.Reject([.. "a,b\n1,"u8, 0xED, 0xA0]).Reason);
    }

    [Fact]
    public void TryDecode_HeadersThatChange_EachMessageHasItsOwn()
    {
        using var harness = new FormatHarness(new FormatOptions { Csv = new() }, Columns);
        harness.Accept("a,b\n1,x");
        harness.Accept("b,z,a\ny,0,2");
        harness.Accept("b\nq");
        harness.Accept("a,b\n3,z");
        Assert.Equal(["1|x", "2|y", "-|q", "3|z"], harness.Text);
    }

    [Fact]
    public void TryDecode_FixedColumns_NeedNoHeader()
    {
        var csv = new CsvFormatOptions { Header = false, Columns = ["b", "a"], Delimiter = ";", Quote = "'", NullText = "NULL", Trim = true, EmptyIsNull = false };
        using var harness = new FormatHarness(new FormatOptions { Csv = csv }, Columns);
        harness.Accept(" x ; 1\n 'it''s; ' ;2 \n;3\nNULL;NULL");
        Assert.Equal(["1|x", "2|it's; ", "3|", "-|-"], harness.Text);
        Assert.Equal("line 1: the record has 1 of the 2 fields that columns names", harness.Reject("x").Reason);
        Assert.Contains("line 2, field 2: column \"a\"", harness.Reject("x;1\nx;").Reason);
    }

    [Fact]
    public void TryDecode_OneFieldForTwoColumns_AndMissingOnes()
    {
        using var harness = new FormatHarness(
            new FormatOptions { Csv = new() }, Column("n", "Int64", "amount"), Column("d", "Decimal(9, 2)", "amount"), Column("m", "String", "not here", MissingPolicy.Reject));
        Assert.Contains("\"m\" (String) from path \"not here\" is missing", harness.Reject("amount\n12").Reason);
        harness.Accept("amount,not here\n12,y");
        Assert.Equal(["12|1200|y"], harness.Text);
    }

    [Fact]
    public void TryDecode_WiderThanAllowed_IsRejected()
    {
        using var harness = new FormatHarness(new FormatOptions { Csv = new(), MaxColumns = 2 }, Columns);
        Assert.Equal("line 1: the header has more than 2 fields; raise format.maxColumns if that is meant", harness.Reject("a,b,c\n1,x,y").Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TryDecode_RandomAndDamaged_LeavesNoHalfRow(int seed)
    {
        using var harness = new FormatHarness(new FormatOptions { Csv = new() }, Columns);
        harness.Fuzz([Encoding.UTF8.GetBytes("a,b\n1,x\n2,\"y,\"\"z\"\n"), Encoding.UTF8.GetBytes("b,c,a\r\nx,\\N,3\r\n")], seed);
    }
}
