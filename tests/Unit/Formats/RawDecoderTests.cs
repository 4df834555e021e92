using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using Xunit;
using static ClickSink.Tests.Unit.Formats.FormatHarness;

namespace ClickSink.Tests.Unit.Formats;

public sealed class RawDecoderTests
{
    private static FormatOptions Raw => new() { Raw = new() };

    [Fact]
    public void TryDecode_AnyBytes_AreStoredAsTheyAre()
    {
        byte[] bytes = [0xFF, 0, (byte)'"', 0xC3, (byte)'\n'];
        using var harness = new FormatHarness(Raw, Column("v", "String", "$kafka.value"), Column("o", "Int64", "$kafka.offset"));
        harness.Accept(new Message { Value = bytes, Offset = 7 });
        harness.Accept(new Message { Value = [], Offset = 8 });
        harness.Accept(new Message { IsNull = true, Offset = 9 });

        Assert.Equal(2, harness.Rows);
        Assert.Equal(bytes, ((ClickSink.Engine.Columns.StringColumn)harness.Block.Columns[0])[0].ToArray());
        Assert.EndsWith("|8", harness.Text[1]);
    }

    [Fact]
    public void TryDecode_Headers_TheLastOfANameCounts()
    {
        var buffer = new MessageHeaderBuffer();
        buffer.Add("trace"u8, "first"u8);
        buffer.Add("other"u8, default, isNull: true);
        buffer.Add("trace"u8, "12"u8);
        buffer.Add("n"u8, new byte[1000]);
        using var harness = new FormatHarness(
            Raw,
            Column("trace", "UInt32", "$kafka.headers.trace"),
            Column("other", "Nullable(String)", "$kafka.headers.other"),
            Column("none", "String", "$kafka.headers.Trace"),
            Column("op", "Nullable(String)", "$debezium.op"));
        harness.Accept(new Message { Value = [1], Headers = buffer.Headers });
        buffer.Clear();
        harness.Accept(new Message { Value = [1], Headers = buffer.Headers });
        Assert.Equal(["12|-||-", "0|-||-"], harness.Text);
    }

    [Fact]
    public void TryDecode_HeaderThatDoesNotFit_IsRejectedWithItsColumn()
    {
        var buffer = new MessageHeaderBuffer();
        buffer.Add("trace"u8, "abc"u8);
        using var harness = new FormatHarness(Raw, Column("trace", "UInt32", "$kafka.headers.trace"), Column("need", "String", "$kafka.headers.need", MissingPolicy.Reject));
        Assert.False(harness.Decoder.TryDecode(new Message { Value = [1], Headers = buffer.Headers }, harness.Block, out RowFault? fault));
        Assert.Equal("column \"trace\" (UInt32) from path \"$kafka.headers.trace\": the message's field is not a number", fault.Reason);
        Assert.Equal("column \"need\" (String) from path \"$kafka.headers.need\" is missing or null, and the mapping rejects the row then", harness.Reject("x").Reason);
    }

    [Fact]
    public void TryDecode_LargerThanAllowed_IsRejected()
    {
        using var harness = new FormatHarness(Raw with { MaxMessageBytes = new ByteSize(1024) }, Column("v", "String", "$kafka.value"));
        harness.Accept(new byte[1024]);
        Assert.Equal("the message has 1025 bytes, and at most 1024 are read; raise format.maxMessageBytes if that is meant", harness.Reject(new byte[1025]).Reason);
    }
}
