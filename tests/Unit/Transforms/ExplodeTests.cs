using Xunit;

namespace ClickSink.Tests.Unit.Transforms;

public sealed class ExplodeTests
{
    private const string Orders = """
        - { name: id, type: UInt64 }
        - { name: sku, type: String, path: "items[*].sku" }
        - { name: count, type: UInt8, path: "items[*].n", missing: reject }
        - { name: customer, type: String, path: customer.name }
        """;

    private const string Explode = "- explode: { path: items }";

    [Fact]
    public void Explode_Array_MakesARowOfEachElementAndRepeatsTheRest()
    {
        using var rows = new TransformHarness(Orders, Explode);
        rows.Accept(
            """{"id":1,"items":[{"sku":"a,]}\"","n":1},{"n":2,"sku":"b","more":[{"x":[1,2]}]}],"customer":{"name":"Ann"}}""",
            """[{"id":2,"items":[{"sku":"c","n":3}]},{"id":3,"customer":{"name":"Bob"},"items":[ {"n":4} , {"n":5} ]}]""");
        Assert.Equal(["1,a,]}\",1,Ann", "1,b,2,Ann", "2,c,3,", "3,,4,Bob", "3,,5,Bob"], rows.SealOne());
    }

    [Theory]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":1,"items":null}""")]
    [InlineData("""{"id":1,"items":[]}""")]
    [InlineData("""{"id":1,"items":[ ]}""")]
    public void Explode_NoElements_IsNoRowUnlessKept(string json)
    {
        using var none = new TransformHarness(Orders, Explode);
        none.Accept(json);
        Assert.Empty(none.SealOne());
        using var kept = new TransformHarness(Orders.Replace(", missing: reject", ""), "- explode: { path: items, keepEmpty: true }");
        kept.Accept(json);
        Assert.Equal(["1,,0,"], kept.SealOne());
    }

    [Fact]
    public void Explode_ElementsThatAreNoObjects_AreValues()
    {
        using var rows = new TransformHarness("- { name: id, type: UInt64 }\n- { name: tag, type: String, path: \"a.tags[*]\" }", "- explode: { path: a.tags }");
        rows.Accept("""{"id":1,"a":{"tags":["x",2,[3,4],{"k":5},true]}}""");
        Assert.Equal(["1,x", "1,2", "1,[3,4]", "1,{\"k\":5}", "1,true"], rows.SealOne());
    }

    [Theory]
    [InlineData("""{"id":1,"items":5}""", "does not lead to an array")]
    [InlineData("""{"id":1,"items":{"sku":"a"}}""", "does not lead to an array")]
    [InlineData("""{"id":1,"items":"[1},{\"e\":{\"n\":2}]"}""", "does not lead to an array")]
    [InlineData("""{"id":1,"items":"[nonsense]"}""", "in an element of \"items\"")]
    [InlineData("""{"id":1,"items":[{"n":1},{"n":"many"}]}""", "from path \"items[*].n\": \"many\" is not a number|from path \"items[*].n\"")]
    [InlineData("""{"id":1,"items":[{"sku":"a"}]}""", "from path \"items[*].n\" is missing")]
    [InlineData("""{"id":-1,"items":[{"n":1}]}""", "from path \"id\"")]
    public void Explode_BrokenMessage_IsRejectedAsAWhole(string json, string expected)
    {
        using var rows = new TransformHarness(Orders, Explode);
        rows.Accept("""{"id":9,"items":[{"n":9}]}""");
        var fault = rows.Send(json);
        Assert.NotNull(fault);
        Assert.Contains(expected.Split('|')[^1], fault.Reason);
        rows.Accept("""{"id":8,"items":[{"n":8}]}""");
        Assert.Equal(["9,,9,", "8,,8,"], rows.SealOne());
    }

    [Fact]
    public void Explode_MessageThatWouldFillTheMemory_IsRejected()
    {
        using var rows = new TransformHarness(Orders, Explode);
        var json = $$"""{"id":1,"customer":{"name":"{{new string('x', 100_000)}}"},"items":[{{string.Join(",", Enumerable.Repeat("{\"n\":1}", 1000))}}]}""";
        Assert.Contains("1000 elements", rows.Send(json)!.Reason);
        Assert.Equal(0, rows.Rows.Rows);
    }

    [Fact]
    public void Explode_WithRest_KeepsWhatNobodyMapsOfTheMessage()
    {
        using var rows = new TransformHarness($"{Orders}\n- {{ name: rest, type: String }}", Explode, "rest: rest");
        rows.Accept("""{"id":1,"more":5,"items":[{"n":1,"other":2},{"n":2}]}""");
        Assert.Equal(["1,,1,,{\"more\":5}", "1,,2,,{\"more\":5}"], rows.SealOne());
    }

    [Fact]
    public void Explode_WithFilterAndDerive_SeeTheRowsOfElements()
    {
        using var rows = new TransformHarness(Orders, $"{Explode}\n- filter: count > 1\n- derive: {{ name: label, type: String, value: customer + sku }}");
        rows.Accept("""{"id":1,"customer":{"name":"Ann"},"items":[{"n":1},{"n":2,"sku":"b"},{"n":1},{"n":3,"sku":"c"}]}""");
        Assert.Equal(["1,b,2,Ann,Annb", "1,c,3,Ann,Annc"], rows.SealOne());
    }
}
