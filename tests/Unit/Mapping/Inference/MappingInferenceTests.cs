using System.Globalization;
using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping.Inference;
using Xunit;

namespace ClickSink.Tests.Unit.Mapping.Inference;

/// <summary>Which column is proposed for which values.</summary>
public sealed class MappingInferenceTests
{
    [Theory]
    // Whole numbers: 64 bits, whatever was seen.
    [InlineData("v", "Int64", "1", "0", "250")]
    [InlineData("v", "Int64", "-1", "9223372036854775807")]
    [InlineData("v", "UInt64", "0", "9223372036854775808")]
    // Fractions.
    [InlineData("v", "Float64", "1.5", "2")]
    [InlineData("v", "Float64", "1e3", "2.25")]
    [InlineData("v", "Float64", "1.0", "2.0")]
    [InlineData("v", "Decimal(38, 17)", "0.12345678901234567", "100")]
    [InlineData("v", "Decimal(38, 1)", "9007199254740993.5", "1")]
    [InlineData("total_price", "Decimal(18, 4)", "1.5", "20")]
    [InlineData("total_price", "Float64", "1.51515", "20")]
    // Times as numbers need a name that speaks of time.
    [InlineData("created_at", "DateTime('UTC')", "1795000000", "946684800")]
    [InlineData("created_at", "DateTime64(3, 'UTC')", "1795000000.25", "946684800")]
    [InlineData("eventTime", "DateTime64(3, 'UTC')", "1795000000123")]
    [InlineData("ts", "DateTime64(6, 'UTC')", "1795000000123456")]
    [InlineData("timestamp", "DateTime64(9, 'UTC')", "1795000000123456789")]
    [InlineData("v", "Int64", "1795000000")]
    [InlineData("ts", "Int64", "12", "1795000000")]
    // True and false.
    [InlineData("v", "Bool", "true", "false")]
    [InlineData("v", "Bool", "true", "\"false\"")]
    // Texts.
    [InlineData("v", "String", "\"a\"", "\"b\"")]
    [InlineData("v", "String", "\"\"")]
    [InlineData("v", "UUID", "\"6f1b4c8a-8f7e-4d53-9a57-0d9e0a4f8a11\"")]
    [InlineData("v", "String", "\"6f1b4c8a-8f7e-4d53-9a57-0d9e0a4f8a11\"", "\"none\"")]
    [InlineData("v", "String", "\"6f1b4c8a8f7e4d539a570d9e0a4f8a11\"")]
    [InlineData("v", "Date", "\"2026-11-21\"", "\"1970-01-01\"")]
    [InlineData("v", "String", "\"2026-13-21\"")]
    [InlineData("v", "String", "\"20261121\"")]
    [InlineData("v", "DateTime('UTC')", "\"2026-11-21T10:11:12Z\"", "\"2026-11-21T10:11\"")]
    [InlineData("v", "DateTime64(3, 'UTC')", "\"2026-11-21 10:11:12.5\"", "\"2026-11-21 10:11:12\"")]
    [InlineData("v", "DateTime64(6, 'UTC')", "\"2026-11-21 10:11:12.1234+01:00\"")]
    [InlineData("v", "DateTime64(9, 'UTC')", "\"2026-11-21T10:11:12.123456789Z\"")]
    [InlineData("v", "String", "\"2026-11-21T10:11:12.1234567890Z\"")]
    [InlineData("v", "DateTime64(3, 'UTC')", "\"1950-11-21T10:11:12Z\"")]
    [InlineData("v", "String", "\"1800-11-21T10:11:12Z\"")]
    // A number that is sometimes written in quotes stays one, as long as it is written alike.
    [InlineData("v", "Int64", "5", "\"6\"")]
    [InlineData("v", "String", "5", "\"06\"")]
    [InlineData("v", "String", "\"5\"", "\"6\"")]
    // Kinds that nothing but text holds.
    [InlineData("v", "String", "5", "\"x\"")]
    [InlineData("v", "String", "5", "true")]
    [InlineData("v", "String", "5", "[5]")]
    [InlineData("v", "String", "{\"a\":1}", "\"a\"")]
    [InlineData("v", "Nullable(String)", "null")]
    [InlineData("v", "Nullable(Int64)", "5", "null")]
    // Addresses, and days that Date does not hold.
    [InlineData("v", "IPv4", "\"10.0.0.1\"", "\"255.255.255.255\"")]
    [InlineData("v", "IPv6", "\"::1\"", "\"2001:db8::ff00:42:8329\"")]
    [InlineData("v", "String", "\"10.0.0\"")]
    [InlineData("v", "Date32", "\"1950-11-21\"")]
    // Wide integers.
    [InlineData("v", "Int128", "-1", "9223372036854775808")]
    [InlineData("v", "Int256", "-1", "170141183460469231731687303715884105728")]
    // Arrays.
    [InlineData("v", "Array(Int64)", "[1,2]", "[]")]
    [InlineData("v", "Array(Nullable(String))", "[\"a\",null]")]
    [InlineData("v", "Array(Array(Float64))", "[[1.5],[]]")]
    [InlineData("v", "Array(Tuple(x Int64, y Nullable(String)))", "[{\"x\":1,\"y\":\"a\"},{\"x\":2}]")]
    [InlineData("v", "Array(String)", "[1,\"a\"]")]
    [InlineData("v", "String", "[1,[2]]")]
    [InlineData("v", "String", "[{\"x y\":1}]")]
    [InlineData("v", "Map(String, Int64)", "{\"1\":1,\"2\":2}", "{\"3\":3}")]
    [InlineData("v", "String", "{\"1\":1,\"2\":{}}", "{\"3\":3}")]
    // Beyond every type.
    [InlineData("v", "String", "1e400")]
    [InlineData("v", "String", "{}")]
    [InlineData("v", "String", "[]")]
    public void Infer_Values_ProposesTheNarrowestTypeThatLosesNothing(string name, string type, params string[] values)
    {
        var field = Assert.Single(Infer([.. values.Select(v => $"{{\"{name}\":{v}}}")]).Fields);
        Assert.Equal((type, name, name), (field.Type, field.Path, field.Column));
        Assert.NotEmpty(field.Reason);
    }

    [Theory]
    [InlineData("UInt8", "0", "255")]
    [InlineData("UInt16", "0", "256")]
    [InlineData("UInt32", "65536")]
    [InlineData("UInt64", "4294967296")]
    [InlineData("Int8", "-1", "127")]
    [InlineData("Int16", "-1", "128")]
    [InlineData("Int32", "-40000")]
    [InlineData("Int64", "-1", "2147483648")]
    public void Infer_Tight_ProposesTheSmallestInteger(string type, params string[] values) =>
        Assert.Equal(
            type, Assert.Single(Infer([.. values.Select(v => $"{{\"v\":{v}}}")], new InferenceOptions { Tight = true }).Fields).Type);

    [Fact]
    public void Infer_FixedPlaces_ProposesADecimal()
    {
        var field = Assert.Single(
            Infer([.. Enumerable.Range(0, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"v\":{i}.{i % 10}0}}"))]).Fields);
        Assert.Equal("Decimal(18, 2)", field.Type);
        Assert.Contains("Float64", field.Alternatives.Select(a => a.Type));
    }

    [Fact]
    public void Infer_FewDifferentTexts_ProposesLowCardinality()
    {
        var result = Infer(
            [.. Enumerable.Range(0, 100).Select(i => $"{{\"plan\":\"plan{i % 3}\",\"name\":\"name{i}\"{(i == 7 ? "" : ",\"tier\":\"x\"")}}}")]);
        Assert.Equal(["LowCardinality(String)", "String", "LowCardinality(Nullable(String))"], result.Fields.Select(f => f.Type));
        Assert.Equal([3, 100, 1], result.Fields.Select(f => f.Distinct));
    }

    [Fact]
    public void Infer_Nested_IsFlattenedUnderItsPath()
    {
        var result = Infer("""{"user":{"id":5,"name":{"first":"a"}},"user_id":"x","user.id":7,"a[0]":1,"$kafka.topic":"t","1st":true,"":1}""", """{"user":null}""");
        Assert.Equal(
            [
                ("user_id", "user.id", "Nullable(Int64)"), ("user_name_first", "user.name.first", "Nullable(String)"), (
                    "user_id_2", "user_id", "Nullable(String)"),
                ("user_id_3", "user\\.id", "Nullable(Int64)"), ("a_0_", "a\\[0]", "Nullable(Int64)"), ("_kafka_topic", "\\$kafka\\.topic", "Nullable(String)"), ("_1st", "1st", "Nullable(Bool)"),
            ],
            result.Fields.Select(f => (f.Column, f.Path, f.Type)));
        Assert.Contains("empty key", Assert.Single(result.Notes));
    }

    [Fact]
    public void Infer_PathsOfOddKeys_ReachTheirValues()
    {
        var result = Infer("""{"a.b":"1","a[0]":"2","$kafka.x":"3","a\\":"4","ö ü":"5","a":{"b":"6"}}""");
        using var harness = new Formats.DecoderHarness([.. result.Mapping.Columns]);
        harness.Accept("""{"a.b":"1","a[0]":"2","$kafka.x":"3","a\\":"4","ö ü":"5","a":{"b":"6"}}""");
        Assert.Equal(["1", "2", "3", "4", "5", "6"], Enumerable.Range(0, 6).Select(column => harness[column, 0]));
    }

    [Fact]
    public void Infer_Conflict_IsShownWithExamplesAndCounts()
    {
        var field = Assert.Single(Infer("""{"v":5}""", """{"v":"x"}""", """{"v":6}""", """{"v":null}""").Fields);
        Assert.Equal("Nullable(String)", field.Type);
        Assert.Equal(
            [(JsonKind.Number, 2, "5,6"), (JsonKind.Text, 1, "\"x\"")],
            field.Conflicts.Select(c => (c.Kind, c.Count, string.Join(',', c.Examples))));
        Assert.Equal((3, 1, 0, 0.5), (field.Values, field.Nulls, field.Missing, field.Confidence));
    }

    [Fact]
    public void Infer_ArraysOfRowsAndBrokenMessages_CountsThem()
    {
        var result = Infer("""[{"v":1},{"v":2}]""", "{", "5", "", """{"v":"\ud800"}""", """[{"v":3},4]""", """{"w":1}""");
        Assert.Equal(3, result.Rows);
        Assert.Equal([1, 2, 3, 4, 5], result.Unreadable.Select(u => u.Index));
        Assert.Equal(["Nullable(Int64)", "Nullable(Int64)"], result.Fields.Select(f => f.Type));
    }

    [Fact]
    public void Infer_DataAsKeys_IsNotOneColumnAKey()
    {
        var result = Infer(
            [.. Enumerable.Range(0, 50).Select(i => $"{{\"counts\":{{\"k{i}\":{i},\"l{i}\":{i}}},\"byId\":{{\"{i}\":\"a\"}}}}")]);
        Assert.Equal(["counts", "byId"], result.Fields.Select(f => f.Column));
        Assert.All(result.Fields, f => Assert.Contains("keys are data", f.Reason));
    }

    [Fact]
    public void Infer_Limits_TellWhatIsLeftOut()
    {
        var wide = Infer(["""{"a":1,"b":2,"c":3}""", """{"a":1,"c":3}"""], new InferenceOptions { MaxColumns = 2 });
        Assert.Equal(["a", "c"], wide.Fields.Select(f => f.Column));
        Assert.Contains("1 of 3 fields", Assert.Single(wide.Notes));

        var deep = Infer(["""{"a":{"b":{"c":1}}}"""], new InferenceOptions { MaxDepth = 2 });
        Assert.Equal(("a_b", "String"), (Assert.Single(deep.Fields).Column, deep.Fields[0].Type));
    }

    [Fact]
    public void Infer_Metadata_HasTheMessagesOwnFields()
    {
        var result = Infer(["""{"kafka_offset":1}"""], new InferenceOptions { Metadata = true });
        Assert.Equal(
            ["kafka_offset_2", "kafka_topic", "kafka_partition", "kafka_offset", "kafka_timestamp"],
            result.Mapping.Columns.Select(c => c.Name));
        Assert.Equal("kafka_offset", result.Mapping.Columns[0].Path);
    }

    [Fact]
    public void Infer_OldServer_KeepsToItsTypes()
    {
        var families = new HashSet<string> { "String", "UInt8", "Int64", "Float64", "Date", "DateTime", "UUID", "Nullable", "LowCardinality", "Decimal" };
        var message = """{"b":true,"t":"2026-11-21T10:11:12Z","f":"2026-11-21T10:11:12.5Z","d":"2026-11-21","l":"x"}""";
        var result = Infer([.. Enumerable.Repeat(message, 50)], new InferenceOptions { Families = families, Metadata = true });
        Assert.Equal(
            ["UInt8", "DateTime('UTC')", "String", "Date", "String", "String", "Nullable(Int64)"],
            new[] { 0, 1, 2, 3, 4, 5, 8 }.Select(i => result.Mapping.Columns[i].Type.Replace("Int32", "-")));
    }

    [Fact]
    public void Infer_NoMessages_HasNoColumns()
    {
        var result = Infer();
        Assert.Empty(result.Mapping.Columns);
        Assert.Equal(0, result.Rows);
    }

    [Fact]
    public void Infer_RandomMessages_EachDecodesUnderTheProposal()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Formats.RandomJson(new Random(seed));
            var messages = Enumerable.Range(0, 30).Select(_ => random.NextObject()).ToList();
            foreach (var options in new[] { new InferenceOptions(), new InferenceOptions { Tight = true }, new InferenceOptions { Cautious = true } })
            {
                var result = MappingInference.Infer(messages, options);
                if (result.Fields.Count == 0) continue;
                using var harness = new Formats.DecoderHarness([.. result.Mapping.Columns]);
                var refused = result.Unreadable.Select(u => u.Index).ToHashSet();
                for (var i = 0; i < messages.Count; i++)
                {
                    var decoded = harness.TryDecode(messages[i], out var fault);
                    Assert.True(decoded != refused.Contains(i), $"seed {seed}: {fault?.Reason} {Encoding.UTF8.GetString(messages[i])}");
                }
            }
        }
    }

    [Fact]
    public void Infer_EveryProposalAndAlternative_IsATypeThatColumnsCanBeBuiltFor()
    {
        var messages = Enumerable.Range(0, 60).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"i":{{i}},"f":{{i}}.25,"s":"s{{i}}","e":"e{{i % 4}}","n":"{{i}}","u":"{{Guid.NewGuid()}}","ip":"10.0.0.{{i}}","a":[1,2],"o":[{"x":1,"y":"z"}],"m":{"{{i}}":1},"created_at":{{1_700_000_000 + i}},"d":"2026-11-{{(i % 30) + 1:00}}"}"""));
        var result = Infer([.. messages]);
        Assert.Empty(result.Unreadable);
        Assert.All(result.Fields, f => Assert.True(ColumnType.TryParse(f.Type, out _, out var error), $"{f.Type}: {error}"));
        Assert.All(
            result.Fields.SelectMany(f => f.Alternatives),
            a => Assert.True(ColumnType.TryParse(a.Type, out _, out var error), $"{a.Type}: {error}"));
    }

    private static InferenceResult Infer(params string[] messages) => Infer(messages, new InferenceOptions());

    private static InferenceResult Infer(string[] messages, InferenceOptions options) =>
        MappingInference.Infer([.. messages.Select(Encoding.UTF8.GetBytes)], options);
}
