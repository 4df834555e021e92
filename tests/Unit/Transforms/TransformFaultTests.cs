using Xunit;

namespace ClickSink.Tests.Unit.Transforms;

/// <summary>Faults of transforms, each with its path in the document.</summary>
public sealed class TransformFaultTests
{
    private const string Columns = "- { name: id, type: UInt64 }\n- { name: s, type: String }\n- { name: at, type: \"DateTime('UTC')\" }\n- { name: tags, type: Array(String) }";

    [Theory]
    [InlineData("- filter: id", "transforms[0].filter", "must come to true or false, and is of the type uint")]
    [InlineData("- filter: id >", "transforms[0].filter", "at character 5: the expression ends")]
    [InlineData("- filter: nobody > 1", "transforms[0].filter", "there is no column 'nobody' here; there are id, s, at, tags")]
    [InlineData("- { filter: id > 1, derive: { name: a, type: Int8, value: 1 + 1 } }", "transforms[0]", "exactly one of filter")]
    [InlineData("- {}", "transforms[0]", "exactly one of filter")]
    [InlineData("- filter: id > 1\n- filter: s > 1", "transforms[1].filter", "not defined for string and int")]
    [InlineData("- derive: { name: id, type: Int8, value: id }", "transforms[0].derive.name", "already")]
    [InlineData("- derive: { name: a, type: Int7, value: id }", "transforms[0].derive.type", "not a type")]
    [InlineData("- derive: { name: a, type: UUID, value: id }", "transforms[0].derive.value", "no column of the type UUID takes")]
    [InlineData("- derive: { name: a, type: Int64, value: at }", "transforms[0].derive.value", "no column of the type Int64 takes")]
    [InlineData("- derive: { name: a, type: Int64, value: duration(\"1s\") }", "transforms[0].derive.value", "of the type duration")]
    [InlineData("- derive: { name: a, type: Int64, value: b }\n- derive: { name: b, type: Int64, value: id }", "transforms[0].derive.value", "no column 'b' here")]
    [InlineData("- derive: { name: a, type: Int64, value: id, missing: \"null\" }", "transforms[0].derive.missing", "has no null")]
    [InlineData("- filter: id > 1\n- explode: { path: items }", "transforms[1].explode", "must be the first")]
    [InlineData("- explode: { path: items }", "transforms[0].explode.path", "no column is of an element")]
    [InlineData("- explode: { path: \"a..b\" }", "transforms[0].explode.path", "each step needs a key")]
    [InlineData("- explode: { path: $kafka.key }", "transforms[0].explode.path", "must lead to an array")]
    [InlineData("- dedupe: { key: [] }", "transforms[0].dedupe.key", "at least one")]
    [InlineData("- dedupe: { key: [id, nobody] }", "transforms[0].dedupe.key[1]", "no column 'nobody'")]
    [InlineData("- derive: { name: a, type: String, value: tags }", "transforms[0].derive.value", "no column of the type String takes")]
    [InlineData("- dedupe: { key: [tags] }", "transforms[0].dedupe.key", "take an element of it")]
    [InlineData("- dedupe: { key: [id], within: 1ms }", "transforms[0].dedupe.within", "from 1s to 7d")]
    [InlineData("- dedupe: { key: [id], time: id }", "transforms[0].dedupe.time", "must be a timestamp")]
    [InlineData("- route: { rules: [] }", "transforms[0].route.rules", "at least one rule")]
    [InlineData("- route: { rules: [{ when: id > 1, to: [\"a b\"] }] }", "transforms[0].route.rules[0].to[0]", "letters, digits")]
    [InlineData("- route: { rules: [{ when: id > 1, to: [] }] }", "transforms[0].route", "names no route")]
    [InlineData("- route: { rules: [{ when: id > 1, to: [a] }] }\n- filter: id > 1", "transforms[1]", "must be the last")]
    public void Compile_Faulty_TellsPathAndRule(string transforms, string path, string rule)
    {
        var fault = Assert.Single(TransformHarness.Faults(Columns, transforms));
        Assert.Equal(path, fault.Path);
        Assert.Contains(rule, fault.Rule);
    }

    [Theory]
    [InlineData("items[*].a", "- filter: id > 1", "an element is written")]
    [InlineData("other[*].a", "- explode: { path: items }", "items[*] only")]
    [InlineData("items[*].a[*]", "- explode: { path: items }", "can stand once")]
    public void Compile_ElementPathWithoutItsExplode_IsAFaultOfTheMapping(string path, string transforms, string rule)
    {
        var mapping = $"{Columns}\n- {{ name: e, type: String, path: \"{path}\" }}\n- {{ name: f, type: String, path: \"{(transforms.Contains("explode") ? "items[*].f" : "f")}\" }}";
        var fault = Assert.Single(TransformHarness.Faults(mapping, transforms));
        Assert.Equal("mapping.columns[4].path", fault.Path);
        Assert.Contains(rule, fault.Rule);
    }

    [Fact]
    public void Compile_SeveralFaults_AreAllTold()
    {
        var faults = TransformHarness.Faults("- { name: id, type: UInt64, stored: false }", "- filter: id\n- derive: { name: a, type: Int8, value: b, stored: false }\n- filter: a > 1");
        Assert.Equal(["transforms[0].filter", "transforms[1].derive.value", "mapping.columns"], faults.Select(fault => fault.Path));
    }
}
