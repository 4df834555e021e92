using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using Xunit;
using static ClickSink.Tests.Unit.Formats.DecoderHarness;

namespace ClickSink.Tests.Unit.Formats;

public sealed class UnknownFieldTests
{
    [Theory]
    [InlineData("""{"id":1}""", "")]
    [InlineData("""{"id":1,"x":2}""", "x=2")]
    [InlineData("""{"x":[1,{"y":2}],"id":1,"user":{"id":2,"name":"\u00e9"},"z":{}}""", "x=[1,{\"y\":2}] user.name=\"\\u00e9\" z={}")]
    [InlineData("""{"user":5,"tags":[{"a":1,"b":2},3],"whole":{"c":1}}""", "")]
    [InlineData("""{"a.b":1,"$c":2,"d[0]":3}""", "a\\.b=1 \\$c=2 d\\[0]=3")]
    public void Listener_IsToldOfEachFieldThatNoColumnTakes(string json, string expected)
    {
        var heard = new Listener();
        Assert.Null(Decode(json, Plan(null), heard, out _));
        Assert.Equal(expected, string.Join(" ", heard.Fields));
    }

    [Fact]
    public void Listener_SaysNo_RejectsTheRowWithPathAndValue()
    {
        RowFault? fault = Decode("""{"id":1,"user":{"secret":"abc"}}""", Plan(null), new Listener { Answer = false }, out _);
        Assert.Equal("the field \"user.secret\" is not mapped, and the mapping rejects the row then", fault?.Reason);
        Assert.Equal("user.secret", fault?.Path);
        Assert.Equal("\"abc\"", fault?.Value);
    }

    [Theory]
    [InlineData("""{"id":1}""", "")]
    [InlineData("""{"id":1,"x": 2 }""", """{"x":2}""")]
    [InlineData("""{"x":1,"user":{"a":1,"id":5,"b":{"c":[1, 2]}},"y":"z"}""", """{"x":1,"user":{"a":1,"b":{"c":[1, 2]}},"y":"z"}""")]
    [InlineData("""{"user":{"id":5},"k\"\\":1}""", """{"k\"\\":1}""")]
    [InlineData("""{"x":1,"x":2}""", """{"x":2}""")]
    [InlineData("""{"user":{"a":1},"user":{"id":7,"b":2}}""", """{"user":{"b":2}}""")]
    public void Rest_GathersTheFieldsInTheirObjects(string json, string expected)
    {
        Assert.Null(Decode(json, Plan("rest"), null, out string? rest));
        Assert.Equal(expected, rest);
    }

    [Fact]
    public void Rest_ColumnThatDoesNotTakeIt_RejectsTheRow()
    {
        RowFault? fault = Decode("""{"id":1,"x":"y"}""", Plan("rest", "Map(String, UInt8)"), null, out _);
        Assert.Equal("column \"rest\" (Map(String, UInt8)) from path \"the unmapped fields\": {...} is not a number", fault?.Reason);
    }

    [Theory]
    [InlineData("other", "String", null, "rest: must be the name of one of the columns")]
    [InlineData("rest", "UInt8", null, "columns[0].type: the column of the unmapped fields must be JSON, String, Map or Dynamic")]
    [InlineData("rest", "String", "a", "columns[0].path: this column takes the unmapped fields (mapping.rest), so it has no path")]
    public void TryCompile_UnfitRest_IsAFault(string rest, string type, string? path, string expected)
    {
        List<Fault> faults = [];
        Assert.False(MappingPlan.TryCompile(new MappingOptions { Rest = rest, Columns = [Column("rest", type, path)] }, out _, faults));
        Assert.Equal(expected, string.Join("; ", faults.Select(fault => $"{fault.Path}: {fault.Rule}")));
    }

    private static MappingPlan Plan(string? rest, string type = "String")
    {
        List<ColumnMapping> columns =
            [Column("id", "UInt64"), Column("user_id", "UInt64", "user.id"), Column("first", "String", "tags[0].a"), Column("whole", "String")];
        if (rest is not null) columns.Add(Column(rest, type));
        List<Fault> faults = [];
        Assert.True(MappingPlan.TryCompile(new MappingOptions { Rest = rest, Columns = columns }, out MappingPlan? plan, faults), string.Join("; ", faults));
        return plan;
    }

    /// <summary>Decodes a message twice, since the second time its keys are predicted.</summary>
    private static RowFault? Decode(string json, MappingPlan plan, Listener? listener, out string? rest)
    {
        var decoder = new JsonDecoder(plan, unknown: listener);
        using ColumnBlock block = plan.CreateBlock();
        decoder.TryDecode(new Message { Value = Encoding.UTF8.GetBytes(json) }, block, out _);
        listener?.Fields.Clear();
        decoder.TryDecode(new Message { Value = Encoding.UTF8.GetBytes(json) }, block, out RowFault? fault);
        rest = fault is null && plan.RestColumn is int column ? ColumnValues.Read(block.Columns[column], 1) : null;
        return fault;
    }

    private sealed class Listener : IUnknownFields
    {
        public List<string> Fields { get; } = [];

        public bool Answer { get; init; } = true;

        public bool Accept(string path, ReadOnlySpan<byte> value)
        {
            Fields.Add($"{path}={Encoding.UTF8.GetString(value)}");
            return Answer;
        }
    }
}
