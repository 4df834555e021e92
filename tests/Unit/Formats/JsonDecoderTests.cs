using Xunit;
using static ClickSink.Tests.Unit.Formats.DecoderHarness;

namespace ClickSink.Tests.Unit.Formats;

public sealed class JsonDecoderTests
{
    [Fact]
    public void TryDecode_DemoEvent_FillsEveryColumn()
    {
        using var decoder = new DecoderHarness(
            Column("event_id", "UUID"),
            Column("user_id", "UInt64", "user.id"),
            Column("user_name", "String", "user.name"),
            Column("type", "LowCardinality(String)"),
            Column("ts", "DateTime64(3)"),
            Column("value", "Float64"),
            Column("active", "Bool"));

        for (int i = 0; i < 3; i++)
        {
            decoder.Accept("""
                {"event_id":"0f8fad5b-d9cb-469f-a165-70867728950e","user":{"id":42,"name":"Ann"},"type":"click",
                 "ts":"2026-11-21T10:11:12.345Z","value":12.5,"active":true,"page":{"url":"/a","tags":[1,{"x":null}]}}
                """);
        }

        Assert.Equal(3, decoder.Rows);
        Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", decoder[0, 2]);
        Assert.Equal("42", decoder[1, 2]);
        Assert.Equal("Ann", decoder[2, 2]);
        Assert.Equal("click", decoder[3, 2]);
        Assert.Equal("1795255872345", decoder[4, 2]);
        Assert.Equal("12.5", decoder[5, 2]);
        Assert.Equal("1", decoder[6, 2]);
    }
}
