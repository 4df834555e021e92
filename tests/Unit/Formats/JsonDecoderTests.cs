using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using Xunit;
using static ClickSink.Tests.Unit.Formats.DecoderHarness;

namespace ClickSink.Tests.Unit.Formats;

public sealed class JsonDecoderTests
{
    private const string DemoEvent = """
        {"event_id":"0f8fad5b-d9cb-469f-a165-70867728950e","user":{"id":42,"name":"Ann"},"type":"click",
         "ts":"2026-11-21T10:11:12.345Z","value":12.5,"active":true,"page":{"url":"/a","tags":[1,{"x":null}]}}
        """;

    [Fact]
    public void TryDecode_DemoEvent_FillsEveryColumn()
    {
        using DecoderHarness decoder = CreateForDemo();
        for (int i = 0; i < 3; i++) decoder.Accept(DemoEvent);

        Assert.Equal(3, decoder.Rows);
        Assert.Equal(
            ["0f8fad5b-d9cb-469f-a165-70867728950e", "42", "Ann", "click", "1795255872345", "12.5", "1"],
            Enumerable.Range(0, 7).Select(column => decoder[column, 2]));
    }

    [Fact]
    public void TryDecode_SteadyState_AllocatesNothing()
    {
        using DecoderHarness decoder = CreateForDemo();
        byte[] json = Encoding.UTF8.GetBytes(DemoEvent);
        for (int i = 0; i < 2000; i++) Assert.True(decoder.TryDecode(json, out _));
        decoder.Block.Clear();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 2000; i++) decoder.TryDecode(json, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("a", "{\"a\":1}", "1")]
    [InlineData("a.b", "{\"a\":{\"b\":1}}", "1")]
    [InlineData("a.b.c.d", "{\"a\":{\"b\":{\"c\":{\"d\":1}}}}", "1")]
    [InlineData("a\\.b", "{\"a.b\":1,\"a\":{\"b\":2}}", "1")]
    [InlineData("a\\[0\\]", "{\"a[0]\":1,\"a\":[2]}", "1")]
    [InlineData("\\$kafka.key", "{\"$kafka\":{\"key\":1}}", "1")]
    [InlineData("a[1]", "{\"a\":[0,1,2]}", "1")]
    [InlineData("a[0][1].b", "{\"a\":[[0,{\"c\":9,\"b\":1}],2]}", "1")]
    [InlineData("ä.ö", "{\"ä\":{\"ö\":1}}", "1")]
    [InlineData("ä", "{\"\\u00e4\":1}", "1")]
    [InlineData("a b", "{\"a\\u0020b\":1}", "1")]
    [InlineData("a\"b", "{\"a\\\"b\":1}", "1")]
    [InlineData("a", "{\"a\":{\"b\":1}}", "{\"b\":1}")]
    [InlineData("a.b", "{\"a\":5}", "missing")]
    [InlineData("a.b", "{\"a\":null}", "missing")]
    [InlineData("a.b", "{\"a\":[{\"b\":1}]}", "missing")]
    [InlineData("a[2]", "{\"a\":[1,2]}", "missing")]
    [InlineData("a[0]", "{\"a\":{\"0\":1}}", "missing")]
    [InlineData("a[0]", "{\"a\":[]}", "missing")]
    [InlineData("A", "{\"a\":1}", "missing")]
    public void TryDecode_Path_FindsItsValue(string path, string json, string expected)
    {
        using var decoder = new DecoderHarness(Column("v", "Nullable(String)", path));
        for (int i = 0; i < 3; i++) decoder.Accept(json);
        for (int row = 0; row < 3; row++) Assert.Equal(expected == "missing" ? null : expected, decoder[0, row]);
    }

    [Fact]
    public void TryDecode_ValueAndItsPartsAndItTwice_AllGetIt()
    {
        using var decoder = new DecoderHarness(
            Column("all", "String", "a"), Column("b", "Int32", "a.b"), Column("again", "String", "a.b"), Column("first", "Int32", "a.c[0]"));
        decoder.Accept("""{"a": {"b": 1, "c": [7, 8]} }""");
        Assert.Equal(["""{"b": 1, "c": [7, 8]}""", "1", "1", "7"], Enumerable.Range(0, 4).Select(column => decoder[column, 0]));
    }

    [Theory]
    [InlineData("{\"v\":1,\"v\":2}", "2")]
    [InlineData("{\"v\":1,\"x\":0,\"v\":2,\"v\":3}", "3")]
    [InlineData("{\"v\":1,\"v\":null}", null)]
    [InlineData("{\"v\":null,\"v\":1}", "1")]
    [InlineData("{\"v\":1,\"\\u0076\":2}", "2")]
    public void TryDecode_KeyTwice_TheLastCounts(string json, string? expected)
    {
        using var decoder = new DecoderHarness(Column("v", "Nullable(Int32)"));
        for (int i = 0; i < 3; i++) decoder.Accept(json);
        Assert.Equal(expected, decoder[0, 2]);
    }

    [Theory]
    [InlineData("{\"a\":{\"b\":1,\"c\":[5]},\"a\":{\"b\":2}}", "2", null)]
    [InlineData("{\"a\":{\"b\":1,\"c\":[5]},\"a\":7}", null, null)]
    [InlineData("{\"a\":{\"b\":1},\"a\":{\"c\":[5]}}", null, "5")]
    [InlineData("{\"a\":{\"c\":[1],\"c\":[2],\"b\":1,\"b\":2}}", "2", "2")]
    [InlineData("{\"a\":{\"c\":[1],\"c\":[]}}", null, null)]
    public void TryDecode_ObjectTwice_NothingOfTheFirstIsLeft(string json, string? b, string? c)
    {
        using var decoder = new DecoderHarness(Column("b", "Nullable(Int32)", "a.b"), Column("c", "Nullable(Int32)", "a.c[0]"));
        for (int i = 0; i < 2; i++) decoder.Accept(json);
        Assert.Equal(b, decoder[0, 1]);
        Assert.Equal(c, decoder[1, 1]);
    }

    [Theory]
    [InlineData("Int32", null, "0")]
    [InlineData("Int32", MissingPolicy.Default, "0")]
    [InlineData("String", null, "")]
    [InlineData("DateTime", null, "0")]
    [InlineData("Nullable(Int32)", null, null)]
    [InlineData("Nullable(Int32)", MissingPolicy.Null, null)]
    [InlineData("Nullable(Int32)", MissingPolicy.Default, null)]
    [InlineData("LowCardinality(Nullable(String))", null, null)]
    public void TryDecode_MissingOrNull_FollowsThePolicy(string type, MissingPolicy? policy, string? expected)
    {
        using var decoder = new DecoderHarness(Column("v", type, missing: policy));
        decoder.Accept("{}");
        decoder.Accept("""{"v":null}""");
        Assert.Equal(expected, decoder[0, 0]);
        Assert.Equal(expected, decoder[0, 1]);
    }

    [Fact]
    public void TryDecode_MissingAndThePolicyRejects_NamesTheColumn()
    {
        using var decoder = new DecoderHarness(Column("id", "Int64", "a.id", MissingPolicy.Reject));
        decoder.Accept("""{"a":{"id":1}}""");
        foreach (string json in (string[])["{}", """{"a":{}}""", """{"a":{"id":null}}""", """{"a":7}"""])
        {
            RowFault fault = decoder.Reject(json);
            Assert.Equal("column \"id\" (Int64) from path \"a.id\" is missing or null, and the mapping rejects the row then", fault.Reason);
            Assert.Equal(("id", "a.id", null), (fault.Column, fault.Path, fault.Value));
        }
    }

    [Fact]
    public void TryDecode_NullWhereTheTypeHasIt_IsAValueToThePolicy()
    {
        using var decoder = new DecoderHarness(Column("v", "Nullable(Int64)", missing: MissingPolicy.Reject));
        decoder.Accept("""{"v":null}""");
        Assert.Null(decoder[0, 0]);
        decoder.Reject("{}");
    }

    [Fact]
    public void TryDecode_ArrayOfObjects_IsThatManyRowsOrNone()
    {
        using var decoder = new DecoderHarness(Column("v", "Nullable(Int32)"), Column("w", "LowCardinality(String)", "x.w"));
        decoder.Accept("""[{"v":1,"x":{"w":"a"}},{"x":{"w":"b"}} , {"v":3,"v":4}]""");
        Assert.Equal(["1", null, "4"], Enumerable.Range(0, 3).Select(row => decoder[0, row]));
        Assert.Equal(["a", "b", ""], Enumerable.Range(0, 3).Select(row => decoder[1, row]));

        decoder.Reject("""[{"v":5,"x":{"w":"new"}},{"v":"x"}]""");
        decoder.Reject("""[{"v":5,"x":{"w":"new"}},{"v":6}] tail""");
        Assert.Equal("4", decoder[0, 2]);
    }

    [Fact]
    public void TryDecode_Tombstone_HasNoRows()
    {
        using var decoder = new DecoderHarness(Column("v", "Int32"));
        Assert.True(decoder.Decoder.TryDecode(new Message { IsNull = true }, decoder.Block, out _));
        Assert.Equal(0, decoder.Rows);
    }

    [Fact]
    public void TryDecode_Metadata_IsMapped()
    {
        using var decoder = new DecoderHarness(
            Column("topic", "LowCardinality(String)", "$kafka.topic"),
            Column("partition", "UInt16", "$kafka.partition"),
            Column("offset", "UInt64", "$kafka.offset"),
            Column("time", "Nullable(DateTime64(3))", "$kafka.timestamp"),
            Column("key", "Nullable(String)", "$kafka.key"));
        var message = new Message { Value = "{}"u8, Topic = "events"u8, Partition = 3, Offset = 1L << 40, TimestampMilliseconds = 1795255872345, Key = "k"u8 };
        Assert.True(decoder.Decoder.TryDecode(message, decoder.Block, out _));
        Assert.True(decoder.Decoder.TryDecode(new Message { Value = "{}"u8, Topic = "events"u8, TimestampMilliseconds = -1 }, decoder.Block, out _));
        Assert.True(decoder.Decoder.TryDecode(new Message { Value = "{}"u8, Key = ""u8 }, decoder.Block, out _));

        Assert.Equal(["events", "3", "1099511627776", "1795255872345", "k"], Enumerable.Range(0, 5).Select(column => decoder[column, 0]));
        Assert.Null(decoder[3, 1]);
        Assert.Null(decoder[4, 1]);
        Assert.Equal("", decoder[4, 2]);
    }

    [Fact]
    public void TryDecode_MetadataThatDoesNotFit_IsRejected()
    {
        using var decoder = new DecoderHarness(Column("key", "UInt64", "$kafka.key"));
        Assert.False(decoder.Decoder.TryDecode(new Message { Value = "{}"u8, Key = "abc"u8 }, decoder.Block, out RowFault? fault));
        Assert.Equal("column \"key\" (UInt64) from path \"$kafka.key\": the message's field is not a number", fault.Reason);
        Assert.Equal(0, decoder.Rows);
    }

    [Fact]
    public void TryDecode_KeysInEveryOrderAndSubset_AreAllFound()
    {
        using var decoder = new DecoderHarness([.. "abcdef".Select(name => Column(name.ToString(), "Nullable(Int32)"))]);
        var random = new Random(50);
        for (int i = 0; i < 5000; i++)
        {
            char[] keys = "abcdefxyz".ToCharArray();
            if (random.Next(3) == 0) random.Shuffle(keys);
            keys = keys[..(random.Next(4) == 0 ? random.Next(keys.Length + 1) : keys.Length)];
            decoder.Accept("{" + string.Join(",", keys.Select(key => $"\"{key}\":{key - 'a' + i}")) + "}");
            for (int column = 0; column < 6; column++)
                Assert.Equal(keys.Contains((char)('a' + column)) ? (column + i).ToString(System.Globalization.CultureInfo.InvariantCulture) : null, decoder[column, i]);
        }
    }

    [Fact]
    public void TryDecode_DataUsedAsKeys_DoesNotGrowWithoutBound()
    {
        using var decoder = new DecoderHarness(Column("v", "Int32"));
        for (int i = 0; i < 5000; i++) decoder.Accept($$"""{"key-{{i}}":0,"{{new string('k', 200)}}":1,"":2,"v":{{i}},"next-{{i}}":"x"}""");
        Assert.Equal("4999", decoder[0, 4999]);
    }

    [Fact]
    public void TryDecode_BlockOfAnotherPlan_Throws()
    {
        using var one = new DecoderHarness(Column("v", "Int32"));
        using var other = new DecoderHarness(Column("v", "Int32"));
        Assert.Throws<ArgumentException>(() => one.Decoder.TryDecode(new Message { Value = "{}"u8 }, other.Block, out _));
    }

    [Fact]
    public void TryDecode_SeveralBlocksInTurn_EachGetsItsOwnRows()
    {
        using var decoder = new DecoderHarness(Column("v", "Int32"));
        using ColumnBlock second = decoder.Plan.CreateBlock();
        for (int i = 0; i < 10; i++)
        {
            Assert.True(decoder.Decoder.TryDecode(new Message { Value = "{\"v\":1}"u8 }, i % 3 == 0 ? second : decoder.Block, out _));
        }

        Assert.Equal(4, second.Rows);
        Assert.Equal(6, decoder.Rows);
    }

    private static DecoderHarness CreateForDemo() => new(
        Column("event_id", "UUID"),
        Column("user_id", "UInt64", "user.id"),
        Column("user_name", "String", "user.name"),
        Column("type", "LowCardinality(String)"),
        Column("ts", "DateTime64(3)"),
        Column("value", "Float64"),
        Column("active", "Bool"));
}
