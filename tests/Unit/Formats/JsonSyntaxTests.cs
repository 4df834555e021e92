using System.Text;
using ClickSink.Engine.Formats;
using Xunit;
using static ClickSink.Tests.Unit.Formats.DecoderHarness;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>What is JSON and what is not, in fields that are mapped and in fields that are not.</summary>
public sealed class JsonSyntaxTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData(" \t\r\n{ \"v\" : 1 , \"w\" : [ ] } \n")]
    [InlineData("{\"v\":-0.0e-0}")]
    [InlineData("{\"x\":{\"v\":[{},[],\"\",null,true,false,1E5]}}")]
    [InlineData("{\"\":1,\"v\":2}")]
    [InlineData("{\"x\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uD83D\\uDE00\"}")]
    [InlineData("{\"x\":\"\u007f\u2028\"}")]
    [InlineData("[]")]
    [InlineData("[ {} , {\"v\":1} ]")]
    public void TryDecode_Json_IsAccepted(string json)
    {
        using var decoder = new DecoderHarness(Column("v", "String"));
        decoder.Accept(json);
    }

    [Theory]
    [InlineData("", "the message is empty")]
    [InlineData(" \n", "the message is empty")]
    [InlineData("\uFEFF", "the message is empty")]
    [InlineData("1", "a row must be a JSON object; at byte 0 stands '1'")]
    [InlineData("null", "a row must be a JSON object")]
    [InlineData("\"a\"", "a row must be a JSON object")]
    [InlineData("[1]", "a row must be a JSON object; at byte 1 stands '1'")]
    [InlineData("[{},[]]", "a row must be a JSON object; at byte 4 stands '['")]
    [InlineData("[{}", "at byte 3 more was expected, found the end of the message")]
    [InlineData("[{},]", "a row must be a JSON object; at byte 4 stands ']'")]
    [InlineData("[{} {}]", "at byte 4 a comma or ] was expected")]
    [InlineData("{", "more was expected, found the end of the message")]
    [InlineData("{\"v\"", "more was expected")]
    [InlineData("{\"v\":", "more was expected")]
    [InlineData("{\"v\":1", "more was expected")]
    [InlineData("{\"v\":1,", "more was expected")]
    [InlineData("{\"v\":1,}", "at byte 7 a key in quotes was expected, found '}'")]
    [InlineData("{,}", "a key in quotes was expected")]
    [InlineData("{v:1}", "a key in quotes was expected, found 'v'")]
    [InlineData("{'v':1}", "a key in quotes was expected")]
    [InlineData("{\"v\" 1}", "a colon was expected behind the key, found '1'")]
    [InlineData("{\"v\":1 \"w\":2}", "a comma or } was expected behind the value")]
    [InlineData("{\"v\":1]", "a comma or } was expected behind the value")]
    [InlineData("{\"v\":1}}", "at byte 7 the message should have ended, found '}'")]
    [InlineData("{} {}", "the message should have ended")]
    [InlineData("{}\0", "the message should have ended, found the control character U+0000")]
    [InlineData("{\"v\":01}", "at byte 5 a number is not written as JSON writes it")]
    [InlineData("{\"v\":+1}", "a value was expected")]
    [InlineData("{\"v\":.5}", "a value was expected")]
    [InlineData("{\"v\":1.}", "a number is not written as JSON writes it")]
    [InlineData("{\"v\":-}", "a number is not written as JSON writes it")]
    [InlineData("{\"v\":1e}", "a number is not written as JSON writes it")]
    [InlineData("{\"v\":NaN}", "a value was expected, found 'N'")]
    [InlineData("{\"v\":Infinity}", "a value was expected")]
    [InlineData("{\"v\":True}", "a value was expected")]
    [InlineData("{\"v\":tru}", "a value was expected")]
    [InlineData("{\"v\":nulll}", "a comma or } was expected")]
    [InlineData("{\"v\":}", "a value was expected")]
    [InlineData("{\"v\":[1,]}", "a value was expected, found ']'")]
    [InlineData("{\"v\":[1 2]}", "a comma or ] was expected")]
    [InlineData("{\"v\":[1}", "a comma or ] was expected")]
    [InlineData("{\"v\":\"a", "more was expected")]
    [InlineData("{\"v\":\"a\\", "more was expected")]
    [InlineData("{\"v\":\"a\nb\"}", "a string holds a control character that is not escaped, found the control character U+000A")]
    [InlineData("{\"v\":\"\\x41\"}", "a string holds an escape that JSON does not have")]
    [InlineData("{\"v\":\"\\u12G4\"}", "a string holds an escape that JSON does not have")]
    [InlineData("{\"v\":\"\\u+123\"}", "a string holds an escape that JSON does not have")]
    [InlineData("{\"v\":\"\\u006\0\"}", "a string holds an escape that JSON does not have")]
    [InlineData("{\"v\":\"\\u12\"}", "a string holds an escape that JSON does not have")]
    [InlineData("{\"v\":\"\\uD83D\"}", "half of a surrogate pair")]
    [InlineData("{\"v\":\"\\uDE00\"}", "half of a surrogate pair")]
    [InlineData("{\"v\":\"\\uD83Dx\"}", "half of a surrogate pair")]
    [InlineData("{\"v\":\"\\uD83D\\uD83D\"}", "half of a surrogate pair")]
    [InlineData("{\"\\uD83D\":1}", "half of a surrogate pair")]
    [InlineData("// comment\n{}", "a row must be a JSON object")]
    [InlineData("{/**/}", "a key in quotes was expected")]
    public void TryDecode_NoJson_IsRejectedWhereverItStands(string json, string reason)
    {
        using var mapped = new DecoderHarness(Column("v", "String"));
        Assert.Contains(reason, mapped.Reject(json).Reason, StringComparison.Ordinal);
        using var skipped = new DecoderHarness(Column("other", "String"));
        skipped.Reject(json);
        using var nested = new DecoderHarness(Column("v", "String"), Column("inner", "String", "v.x"), Column("first", "String", "v[1]"));
        nested.Reject(json);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void TryDecode_InvalidUtf8_IsRejectedInAnyField(byte[] bytes)
    {
        using var decoder = new DecoderHarness(Column("v", "String"));
        foreach (string key in (string[])["v", "skipped"])
        {
            byte[] json = [.. Encoding.UTF8.GetBytes($"{{\"{key}\":\""), .. bytes, .. "\"}"u8];
            Assert.False(decoder.TryDecode(json, out RowFault? fault));
            Assert.Equal("the message is not valid UTF-8, so it is not JSON", fault!.Reason);
        }
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void TryDecode_Depth_IsLimited(int depth, bool accepted)
    {
        // The row itself is one level.
        string arrays = new string('[', depth - 1) + new string(']', depth - 1);
        string objects = string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "1" + new string('}', depth - 1);
        foreach (string name in (string[])["v", "skipped"])
        {
            foreach (string value in (string[])[arrays, objects])
            {
                using var decoder = new DecoderHarness(Column("v", "String"));
                if (accepted)
                    decoder.Accept($$"""{"{{name}}":{{value}}}""");
                else
                    Assert.Contains("nested deeper than 64", decoder.Reject($$"""{"{{name}}":{{value}}}""").Reason, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void TryDecode_ByteOrderMark_IsSkipped()
    {
        using var decoder = new DecoderHarness(Column("v", "String"));
        decoder.Accept("\uFEFF{\"v\":\"a\"}");
        Assert.Equal("a", decoder[0, 0]);
        decoder.Reject("\uFEFF\uFEFF{}");
    }

    [Fact]
    public void TryDecode_StringsOfEveryLengthAndPlace_AreFoundWhole()
    {
        using var decoder = new DecoderHarness(Column("v", "String"), Column("w", "String"));
        for (int before = 0; before < 70; before++)
        {
            for (int length = 0; length < 70; length += 3)
            {
                string first = new('a', before);
                string second = new string('é', length) + "\"\\ü";
                decoder.Accept($$"""{"v":"{{first}}","w":"{{new string('é', length)}}\"\\\u00fc"}""");
                Assert.Equal(first, decoder[0, decoder.Rows - 1]);
                Assert.Equal(second, decoder[1, decoder.Rows - 1]);
            }
        }
    }
}
