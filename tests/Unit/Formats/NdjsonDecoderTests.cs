using System.Text;
using ClickSink.Engine.Pipelines;
using Xunit;
using static ClickSink.Tests.Unit.Formats.FormatHarness;

namespace ClickSink.Tests.Unit.Formats;

public sealed class NdjsonDecoderTests
{
    private static FormatOptions Ndjson => new() { Ndjson = new() };

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "1,2")]
    [InlineData("{\"a\":1}\r\n\r\n {\"a\":2} \r\n{\"a\":3}", "1,2,3")]
    [InlineData("\uFEFF{\"a\":1}\n[{\"a\":2},{\"a\":3}]", "1,2,3")]
    [InlineData("\n\n", "")]
    [InlineData("", "")]
    public void TryDecode_Lines_AreRows(string message, string rows)
    {
        using var harness = new FormatHarness(Ndjson, Column("a", "Int32"));
        harness.Accept(message);
        Assert.Equal(rows, string.Join(",", harness.Text));
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":x}\n{\"a\":3}", "line 2: the message is not valid JSON: at byte 5 a value was expected, found 'x'")]
    [InlineData("{\"a\":1}\n\n{\"a\":\"x\"}", "line 3: column \"a\" (Int32) from path \"a\": \"x\" is not a number")]
    [InlineData("{\"a\":1}\n{\"a\":\n2}", "line 2: the message is not valid JSON: at byte 5 more was expected, found the end of the message")]
    [InlineData("{\"a\":1} {\"a\":2}", "line 1: the message is not valid JSON: at byte 8 the message should have ended, found '{'")]
    public void TryDecode_BrokenLine_RejectsTheMessageAndSaysWhere(string message, string reason)
    {
        using var harness = new FormatHarness(Ndjson, Column("a", "Int32"));
        harness.Accept("{\"a\":7}");
        Assert.Equal(reason, harness.Reject(message).Reason);
        Assert.Equal(["7"], harness.Text);
    }

    [Fact]
    public void TryDecode_MoreRowsThanAllowed_IsRejected()
    {
        using var harness = new FormatHarness(Ndjson with { MaxRows = 2 }, Column("a", "Int32"));
        harness.Accept("{}\n{}");
        Assert.Equal("line 3: the message has more than 2 rows; raise format.maxRows if that is meant", harness.Reject("{}\n{}\n{}").Reason);
        harness.Accept("{}\n{}");
    }

    [Fact]
    public void TryDecode_RandomAndDamaged_LeavesNoHalfRow()
    {
        using var harness = new FormatHarness(Ndjson, Column("a", "Nullable(Int32)"), Column("b", "String", "b.c[1]"));
        harness.Fuzz([Encoding.UTF8.GetBytes("{\"a\":1}\n{\"b\":{\"c\":[1,\"x\"]}}\n"), Encoding.UTF8.GetBytes("{\"a\":null,\"b\":\"\\u00e9\"}")], seed: 5);
    }
}
