using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using Xunit;
using static ClickSink.Tests.Unit.Formats.DecoderHarness;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>docs/coercions.md for values that are made of others, and for the types that take any value.</summary>
public sealed class CompositeCoercionTests
{
    [Theory]
    [InlineData("Array(UInt8)", "[]", "[]")]
    [InlineData("Array(UInt8)", " [ 1 , \"2\" ,true ] ", "[1,2,1]")]
    [InlineData("Array(UInt8)", "\"[1,2]\"", "[1,2]")]
    [InlineData("Array(UInt8)", "[1,null]", "[1,0]")]
    [InlineData("Array(UInt8)", "null", "[]")]
    [InlineData("Array(Nullable(UInt8))", "[1,null]", "[1,null]")]
    [InlineData("Array(Array(String))", "[[],[\"a\",\"\\u00e9\"],[\"\"]]", "[[],[a,é],[]]")]
    [InlineData("Array(LowCardinality(String))", "[\"a\",\"b\",\"a\"]", "[a,b,a]")]
    [InlineData("Array(String)", "[{\"a\":1},[2],3,null]", "[{\"a\":1},[2],3,]")]
    [InlineData("Array(DateTime)", "[\"2026-11-21T10:11:12Z\",1795255872]", "[1795255872,1795255872]")]
    [InlineData("Map(String, UInt8)", "{}", "{}")]
    [InlineData("Map(String, UInt8)", "{ \"a\" : 1 , \"b\":\"2\"}", "{a:1,b:2}")]
    [InlineData("Map(String, UInt8)", "{\"a\":null}", "{a:0}")]
    [InlineData("Map(String, Nullable(UInt8))", "{\"a\":null}", "{a:null}")]
    [InlineData("Map(UInt16, Array(String))", "{\"1\":[\"x\"],\"2\":[]}", "{1:[x],2:[]}")]
    [InlineData("Map(String, Map(String, Bool))", "{\"a\":{\"b\":true}}", "{a:{b:1}}")]
    [InlineData("Tuple(UInt8, String)", "[1,\"x\"]", "(1,x)")]
    [InlineData("Tuple(UInt8, String)", "null", "(0,)")]
    [InlineData("Tuple(a UInt8, b String)", "{\"b\":\"x\",\"a\":1}", "(1,x)")]
    [InlineData("Tuple(a UInt8, b String)", "{\"a\":1}", "(1,)")]
    [InlineData("Tuple(a UInt8, b Nullable(String))", "{\"a\":1,\"c\":[{}]}", "(1,null)")]
    [InlineData("Tuple(a UInt8, b String)", "[1,\"x\"]", "(1,x)")]
    [InlineData("Tuple(a UInt8, b String)", "{\"a\":1,\"a\":2}", "(2,)")]
    [InlineData("Tuple(a Tuple(b UInt8), c Array(UInt8))", "{\"a\":{\"b\":1},\"c\":[2]}", "((1),[2])")]
    [InlineData("Nested(a UInt8, b String)", "[{\"a\":1,\"b\":\"x\"},{\"b\":\"y\"}]", "[(1,x),(0,y)]")]
    [InlineData("Array(Tuple(a UInt8, b String))", "[[1,\"x\"],{\"a\":2}]", "[(1,x),(2,)]")]
    [InlineData("Point", "[1.5,-2]", "(1.5,-2)")]
    [InlineData("Polygon", "[[[0,0],[1,0],[1,1]],[]]", "[[(0,0),(1,0),(1,1)],[]]")]
    [InlineData("JSON", "{ \"a\" : [1, 2] }", "{ \"a\" : [1, 2] }")]
    [InlineData("JSON", "\" {\\\"a\\\":1} \"", "{\"a\":1}")]
    [InlineData("JSON", "null", "{}")]
    [InlineData("Variant(UInt64, String)", "5", "UInt64:5")]
    [InlineData("Variant(UInt64, String)", "\"5\"", "String:5")]
    [InlineData("Variant(String, UInt64)", "5", "UInt64:5")]
    [InlineData("Variant(String, UInt64)", "-5", "String:-5")]
    [InlineData("Variant(Float64, UInt64)", "5", "UInt64:5")]
    [InlineData("Variant(Float64, UInt64)", "5.5", "Float64:5.5")]
    [InlineData("Variant(String, DateTime)", "\"2026-11-21T10:11:12Z\"", "DateTime:1795255872")]
    [InlineData("Variant(String, Array(UInt8))", "[1,2]", "Array(UInt8):[1,2]")]
    [InlineData("Variant(String, Array(UInt8))", "[1,-2]", "String:[1,-2]")]
    [InlineData("Variant(UInt64, String)", "null", null)]
    [InlineData("Dynamic", "5", "Int64:5")]
    [InlineData("Dynamic", "18446744073709551615", "UInt64:18446744073709551615")]
    [InlineData("Dynamic", "-18446744073709551616", "Int256:-18446744073709551616")]
    [InlineData("Dynamic", "5.0", "Float64:5")]
    [InlineData("Dynamic", "true", "Bool:1")]
    [InlineData("Dynamic", "\"5\"", "String:5")]
    [InlineData("Dynamic", "{\"a\":[1]}", "JSON:{\"a\":[1]}")]
    [InlineData("Dynamic", "[1,\"a\",[null]]", "Array(Dynamic):[Int64:1,String:a,Array(Dynamic):[null]]")]
    [InlineData("Dynamic", "null", null)]
    public void TryDecode_ValueThatFits_IsStored(string type, string json, string? expected)
    {
        using var decoder = new DecoderHarness(Column("v", type));
        decoder.Accept("{}");
        for (int row = 1; row < 4; row++)
        {
            decoder.Accept($$"""{"v":{{json}}}""");
            Assert.Equal(expected, decoder[0, row]);
        }
    }

    [Theory]
    [InlineData("Array(UInt8)", "{}", "{}", "is not an array")]
    [InlineData("Array(UInt8)", "5", "5", "is not an array")]
    [InlineData("Array(UInt8)", "true", "true", "is not an array")]
    [InlineData("Array(UInt8)", "\"x\"", "\"x\"", "is not an array")]
    [InlineData("Array(UInt8)", "[1,300,2]", "300", "is outside of the type's range")]
    [InlineData("Array(Decimal(9, 2))", "[1,[2]]", "[2]", "is not a single value")]
    [InlineData("Array(Decimal(9, 2))", "[1.234]", "1.234", "has more than 2 decimal places")]
    [InlineData("Array(Array(UInt8))", "[[1],2]", "2", "is not an array")]
    [InlineData("Map(String, UInt8)", "[1]", "[1]", "is not an object")]
    [InlineData("Map(UInt8, UInt8)", "{\"1\":1,\"x\":2}", "\"x\"", "is not a number")]
    [InlineData("Map(String, UInt8)", "{\"a\":1,\"b\":-1}", "-1", "is outside of the type's range")]
    [InlineData("Tuple(UInt8, String)", "{}", "{}", "is not an array")]
    [InlineData("Tuple(UInt8, String)", "[1]", "[1]", "has not 2 values")]
    [InlineData("Tuple(UInt8, String)", "[1,\"x\",2]", "[1,\"x\",2]", "has not 2 values")]
    [InlineData("Tuple(a UInt8)", "5", "5", "is neither an object nor an array")]
    [InlineData("Tuple(a UInt8, b Array(UInt8))", "{\"a\":1,\"b\":[1,\"x\"]}", "\"x\"", "is not a number")]
    [InlineData("Point", "[1]", "[1]", "has not 2 values")]
    [InlineData("JSON", "[1]", "[1]", "is not an object")]
    [InlineData("JSON", "5", "5", "is not an object")]
    [InlineData("JSON", "\"{\"", "\"{\"", "is not an object")]
    [InlineData("Variant(UInt8, Bool)", "\"x\"", "\"x\"", "fits no type of Variant(Bool, UInt8)")]
    [InlineData("Dynamic", "1e400", "1e400", "is outside of the type's range")]
    public void TryDecode_ValueThatDoesNotFit_NamesThePartAtFault(string type, string json, string part, string reason)
    {
        using var decoder = new DecoderHarness(Column("v", type, "a.b"));
        decoder.Accept("""{"a":{}}""");
        RowFault fault = decoder.Reject($$$"""{"a":{"b":{{{json}}}}}""");
        Assert.Equal($"column \"v\" ({decoder.Plan.Columns[0].Type}) from path \"a.b\": {part} {reason}", fault.Reason);
        Assert.Equal(part, fault.Value);
        decoder.Accept("""{"a":{}}""");
        Assert.Equal(decoder[0, 0], decoder[0, 1]);
    }

    [Theory]
    [InlineData("Array(UInt8)", "[1,null]")]
    [InlineData("Map(String, UInt8)", "{\"a\":null}")]
    [InlineData("Tuple(a UInt8, b String)", "{\"a\":1}")]
    [InlineData("Tuple(UInt8, String)", "[null,\"x\"]")]
    public void TryDecode_NullInsideWhereMissingIsRejected_RejectsTheRow(string type, string json)
    {
        using var decoder = new DecoderHarness(Column("v", type, missing: MissingPolicy.Reject));
        Assert.EndsWith("is missing or null inside of the value, and the mapping rejects the row then",
            decoder.Reject($$"""{"v":{{json}}}""").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_KeyTwice_TheLastCompositeCounts()
    {
        using var decoder = new DecoderHarness(Column("v", "Array(UInt8)"), Column("m", "Map(String, Array(UInt8))"));
        decoder.Accept("""{"v":[1,2],"m":{"a":[1]},"m":{"b":[2,3]},"v":[3]}""");
        decoder.Accept("""{"v":[4]}""");
        Assert.Equal("[3] {b:[2,3]} [4] {}", $"{decoder[0, 0]} {decoder[1, 0]} {decoder[0, 1]} {decoder[1, 1]}");
    }

    [Fact]
    public void TryDecode_BrokenInsideOfAComposite_LeavesTheRowsBefore()
    {
        using var decoder = new DecoderHarness(Column("v", "Array(Tuple(a Array(UInt8), b Map(String, String)))"));
        decoder.Accept("""{"v":[{"a":[1],"b":{"x":"y"}}]}""");
        string[] broken = ["""[{"a":[1,""", """[{"a":[1],"b":{"x" """, """[{"a":[1]]""", """[{"a":[1],}]"""];
        foreach (string json in broken) decoder.Reject($$"""{"v":{{json}}""");
        decoder.Accept("""{"v":[[[2],{}]]}""");
        Assert.Equal("[([1],{x:y})]", decoder[0, 0]);
        Assert.Equal("[([2],{})]", decoder[0, 1]);
    }

    [Fact]
    public void TryDecode_DeeperThanTheLimit_IsRejectedWhateverTheType()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70));
        using var decoder = new DecoderHarness(Column("v", "Dynamic"), Column("s", "String"));
        Assert.Contains("nested deeper than 64", decoder.Reject($$"""{"v":{{deep}}}""").Reason, StringComparison.Ordinal);
        Assert.Contains("nested deeper than 64", decoder.Reject($$"""{"s":{{deep}}}""").Reason, StringComparison.Ordinal);
    }
}
