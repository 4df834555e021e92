using System.Text.Json.Nodes;
using ClickSink.Engine.Pipelines;
using Xunit;

namespace ClickSink.Tests.Unit.Pipelines;

public sealed class DocumentTextTests
{
    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: -12", """{"a":-12}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: true", """{"a":true}""")]
    [InlineData("a: False", """{"a":false}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a:", """{"a":null}""")]
    [InlineData("a: 'true'", """{"a":"true"}""")]
    [InlineData("a: \"1\"", """{"a":"1"}""")]
    [InlineData("a: no", """{"a":"no"}""")]
    [InlineData("a: 0.9.0.1", """{"a":"0.9.0.1"}""")]
    [InlineData("a: 2026-01-02", """{"a":"2026-01-02"}""")]
    [InlineData("a: |\n  x\n  y\n", """{"a":"x\ny\n"}""")]
    [InlineData("a: [1, [x], {b: 2}]", """{"a":[1,["x"],{"b":2}]}""")]
    [InlineData("# a comment\n---\na: 1\n", """{"a":1}""")]
    [InlineData("x: &x { k: 1 }\ny: *x", """{"x":{"k":1},"y":{"k":1}}""")]
    [InlineData("  { \"a\" : 1.10 }", """{"a":1.10}""")]
    public void Parse_ValidText_IsTheTree(string text, string json) => Assert.Equal(json, Read(text).ToJsonString());

    [Theory]
    [InlineData("007")]
    [InlineData("1.10")]
    [InlineData("+5")]
    [InlineData("1e5")]
    [InlineData("-0")]
    [InlineData("99999999999999999999")]
    [InlineData(".5")]
    public void Parse_NumberThatWouldBeWrittenOtherwise_StaysTheTextThatItIs(string text) => Assert.Equal(text, Read($"password: {text}")["password"]!.ToString());

    [Fact]
    public void Parse_Nothing_IsAFault() => Assert.Contains("one document is expected, 0 were found", Fault("").Rule);

    [Theory]
    [InlineData("text")]
    [InlineData("- a\n- b")]
    [InlineData("42")]
    public void Parse_NoMapping_IsAFault(string text) => Assert.Contains("mapping", Fault(text).Rule);

    [Theory]
    [InlineData("{")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":1} x""")]
    public void Parse_BrokenJson_SaysSo(string text) => Assert.StartsWith("the text is not valid JSON", Fault(text).Rule);

    [Theory]
    [InlineData("a: 1\nb: [", "line 3")]
    [InlineData("a: 1\na: 2", "line 2")]
    [InlineData("a: *unknown", "line 1")]
    [InlineData("a: 1\n---\nb: 2", "one document")]
    [InlineData("? [a, b]\n: 1", "line 1")]
    [InlineData("a: \"\\x\"", "line 1")]
    public void Parse_BrokenYaml_SaysWhere(string text, string where)
    {
        var rule = Fault(text).Rule;
        Assert.StartsWith("the text is not valid YAML", rule);
        Assert.Contains(where, rule);
    }

    [Fact]
    public void Parse_TooLong_IsRefusedUnread() => Assert.Contains($"{DocumentText.MaxLength}", Fault(new string('x', DocumentText.MaxLength + 1)).Rule);

    [Theory]
    [InlineData("[", "a: ")]
    [InlineData("{a: ", "a: ")]
    [InlineData("- ", "a:\n  ")]
    [InlineData("[", "{\"a\":")]
    public void Parse_VeryDeep_IsRefusedAndDoesNotOverflowTheStack(string level, string begin) =>
        Assert.Matches("deep|depth", Fault(begin + string.Concat(Enumerable.Repeat(level, 200_000))).Rule);

    [Fact]
    public void Parse_AliasesThatMultiply_AreRefused()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 12).Select(n => $"a{n}: &a{n} [{string.Join(", ", Enumerable.Repeat($"*a{n - 1}", 10))}]\n"));
        Assert.Contains("too large", Fault(text).Rule);
    }

    [Fact]
    public void Parse_AliasOfItself_IsRefused() => Assert.NotNull(Fault("a: &a [*a]"));

    private static JsonObject Read(string text)
    {
        var faults = new FaultList();
        var tree = DocumentText.Parse(text, faults);
        Assert.Empty(faults);
        return tree!;
    }

    private static Fault Fault(string text)
    {
        var faults = new FaultList();
        Assert.Null(DocumentText.Parse(text, faults));
        return Assert.Single(faults);
    }
}
