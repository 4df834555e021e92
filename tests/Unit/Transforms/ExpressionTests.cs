using Xunit;

namespace ClickSink.Tests.Unit.Transforms;

/// <summary>What expressions come to: the table of docs/transforms.md, cell by cell.</summary>
public sealed class ExpressionTests
{
    [Theory]
    // Arithmetic
    [InlineData("1 + 2 * 3 - 4", "3")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("-7 / 2", "-3")]
    [InlineData("-7 % 2", "-1")]
    [InlineData("i + neg", "4")]
    [InlineData("u * 2", "18")]
    [InlineData("dec * 2", "24.68")]
    [InlineData("dec * 1.1", "13.574")]
    [InlineData("f / 0.0", "Infinity")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("0x10u + 1u", "17")]
    [InlineData("\"a\" + 'b' + r\"\\n\"", "\"ab\\n\"")]
    [InlineData("b\"\\xff\\x00\"", "ff00")]
    [InlineData("`with-hyphen` + 1", "10")]
    [InlineData("1 // a comment\n + 1", "2")]
    // Comparison
    [InlineData("i == 7 && u >= 9u && f < 2.6", "true")]
    [InlineData("big > 9223372036854775807", "true")]
    [InlineData("big == -1", "false")]
    [InlineData("neg < u", "true")]
    [InlineData("9007199254740993 == 9007199254740992.0", "false")]
    [InlineData("i < 7.5 && 7.5 > i", "true")]
    [InlineData("big < 18446744073709551616.0", "true")]
    [InlineData("dec == 12.34 && dec > i", "true")]
    [InlineData("double(\"NaN\") == double(\"NaN\") || double(\"NaN\") < 1.0 || 1 >= double(\"NaN\")", "false")]
    [InlineData("double(\"NaN\") != double(\"NaN\")", "true")]
    [InlineData("\"abc\" < \"abd\" && \"ab\" < \"abc\"", "true")]
    [InlineData("kind in [\"pause\", \"click\"]", "true")]
    [InlineData("u in [1, 2]", "false")]
    [InlineData("b\"a\" in [b\"a\"]", "true")]
    [InlineData("false < true", "true")]
    // Null
    [InlineData("no", "null")]
    [InlineData("no + 1", "null")]
    [InlineData("no == null && yes != null", "true")]
    [InlineData("no == 5", "false")]
    [InlineData("no != 5", "true")]
    [InlineData("no < 5", "null")]
    [InlineData("has(yes) && !has(no)", "true")]
    [InlineData("coalesce(no, i, 1)", "7")]
    [InlineData("coalesce(no, null)", "null")]
    [InlineData("no > 1 ? \"a\" : \"b\"", "\"b\"")]
    [InlineData("flag ? null : 5", "null")]
    [InlineData("no in [1]", "null")]
    [InlineData("!(no > 1)", "null")]
    // Logic
    [InlineData("no > 1 && false", "false")]
    [InlineData("no > 1 || true", "true")]
    [InlineData("no > 1 && true", "null")]
    [InlineData("1 / zero > 0 || true", "true")]
    [InlineData("true || 1 / zero > 0", "true")]
    [InlineData("1 / zero > 0 && false", "false")]
    [InlineData("i > 5 ? (u > 100 ? 1 : 2) : 3", "2")]
    // Text
    [InlineData("size(s)", "5")]
    [InlineData("s.size() == 5 && size(b\"abc\") == 3", "true")]
    [InlineData("kind.contains(\"lic\") && kind.startsWith(\"cl\") && kind.endsWith(\"ck\")", "true")]
    [InlineData("s.matches(\"^Gr.*e$\")", "true")]
    [InlineData("kind.matches(\"x\")", "false")]
    [InlineData("s.upper()", "\"GRÜßE\"")]
    [InlineData("s.upperAscii()", "\"GRüßE\"")]
    [InlineData("\"ÄB\".lower() + \"ÄB\".lowerAscii()", "\"äbÄb\"")]
    [InlineData("\" \\t a b\\n\".trim()", "\"a b\"")]
    [InlineData("s.substring(2)", "\"üße\"")]
    [InlineData("s.substring(1, 3)", "\"rü\"")]
    [InlineData("s.indexOf(\"e\")", "4")]
    [InlineData("s.indexOf(\"x\")", "-1")]
    [InlineData("kind.replace(\"c\", \"--\")", "\"--li--k\"")]
    [InlineData("\"a,b,,d\".splitPart(\",\", 2) + \"a,b\".splitPart(\",\", 1)", "\"b\"")]
    [InlineData("\"a\".splitPart(\",\", 1)", "null")]
    // Conversion
    [InlineData("int(\"-12\") + int(2.9) + int(u) + int(dec)", "11")]
    [InlineData("uint(neg + 4) + uint(\"5\")", "6")]
    [InlineData("double(i) / 2.0", "3.5")]
    [InlineData("decimal(\"1.10\") + 1", "2.10")]
    [InlineData("string(i) + string(u) + string(f) + string(flag) + string(dec)", "\"792.5true12.34\"")]
    [InlineData("string(b\"abc\") + string(\"d\")", "\"abcd\"")]
    [InlineData("bool(\"true\")", "true")]
    [InlineData("id", "\"0f8fad5b-d9cb-469f-a165-70867728950e\"")]
    // Time
    [InlineData("at", "2026-11-21T10:11:12.345Z")]
    [InlineData("string(at)", "\"2026-11-21T10:11:12.345Z\"")]
    [InlineData("at > timestamp(\"2026-11-21T11:11:12+01:00\")", "true")]
    [InlineData("at - day", "36672.345s")]
    [InlineData("at + duration(\"1h30m\") - duration(\"250ms\")", "2026-11-21T11:41:12.095Z")]
    [InlineData("duration(\"-1.5s\")", "-1.5s")]
    [InlineData("at.getFullYear() * 10000 + at.getMonth() * 100 + at.getDate()", "20261021")]
    [InlineData("at.getDayOfMonth() == 20 && at.getDayOfWeek() == 6 && at.getDayOfYear() == 324", "true")]
    [InlineData("at.getHours(\"Europe/Berlin\") - at.getHours()", "1")]
    [InlineData("at.getHours(\"-02:30\") * 100 + at.getMinutes(\"-02:30\")", "741")]
    [InlineData("at.getSeconds() == 12 && at.getMilliseconds() == 345", "true")]
    [InlineData("(at - day).getMinutes()", "611")]
    [InlineData("int(at)", "1795255872")]
    [InlineData("timestamp(0)", "1970-01-01T00:00:00Z")]
    // Lists, maps and other columns
    [InlineData("list[0] + list[i - 6]", "\"ab\"")]
    [InlineData("list[2] == null && list[3] == null && list[-1] == null", "true")]
    [InlineData("nums[0] + nums[1]", "11")]
    [InlineData("size(list) + map.size()", "6")]
    [InlineData("\"b\" in list && !(\"c\" in list) && 6 in nums && \"j\" in map", "true")]
    [InlineData("map.k + map[\"j\"]", "5")]
    [InlineData("has(map.k) && !has(map.none) && coalesce(map[\"none\"], 9) == 9", "true")]
    [InlineData("level == \"high\" && day32 < timestamp(0)", "true")]
    // Hashes: sha256 of "abc" and uuid5 of www.example.com are the standards' own examples.
    [InlineData("sha256(\"abc\") == \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"", "true")]
    [InlineData("uuid5(\"dns\", \"www.example.com\")", "\"2ed6657d-e927-568b-95e1-2665a8aea6a2\"")]
    public void Evaluate_Valid_IsValue(string text, string expected)
    {
        using var harness = new ExpressionHarness();
        Assert.Equal(expected, harness.Evaluate(text));
    }

    [Theory]
    [InlineData("i + 9223372036854775807", "outside of the type's range in i + 9223372036854775807 (i = 7)")]
    [InlineData("big + 1", "outside of the type's range")]
    [InlineData("u - big", "outside of the type's range in u - big (u = 9, big = 18446744073709551615)")]
    [InlineData("i * 9223372036854775807", "outside of the type's range")]
    [InlineData("-(i - 7 - 9223372036854775807 - 1)", "outside of the type's range")]
    [InlineData("i / zero", "division by zero in i / zero (i = 7, zero = 0)")]
    [InlineData("i % zero", "division by zero")]
    [InlineData("u / (u - u)", "division by zero")]
    [InlineData("dec / (dec - dec)", "division by zero")]
    [InlineData("dec * 79228162514264337593543950335.0", "outside of the type's range")]
    [InlineData("uint(neg)", "outside of the type's range in uint(neg) (neg = -3)")]
    [InlineData("int(big)", "outside of the type's range")]
    [InlineData("int(f * 1e300)", "outside of the type's range")]
    [InlineData("int(kind)", "no whole number")]
    [InlineData("uint(string(neg))", "no whole number")]
    [InlineData("double(kind)", "no number")]
    [InlineData("bool(kind)", "neither true nor false")]
    [InlineData("timestamp(kind)", "no timestamp")]
    [InlineData("duration(kind)", "no duration")]
    [InlineData("at + duration(string(i * 12000) + \"000h\")", "outside of the type's range")]
    [InlineData("kind.substring(6)", "outside of the text")]
    [InlineData("1 / zero > 0 || false", "division by zero")]
    [InlineData("1 / zero > 0 && true", "division by zero")]
    [InlineData("no > 1 || 1 / zero > 0", "division by zero")]
    public void Evaluate_ValuesThatDoNotFit_IsErrorThatTellsThem(string text, string expected)
    {
        using var harness = new ExpressionHarness();
        var result = harness.Evaluate(text);
        Assert.StartsWith("error:", result);
        Assert.Contains(expected, result);
    }

    [Theory]
    [InlineData("i > 5 && kind == \"click\" && at > timestamp(\"2026-01-01T00:00:00Z\")")]
    [InlineData("s.upper() + string(i) + kind.replace(\"c\", \"xyz\") + string(at)")]
    [InlineData("s.matches(\"^Gr.*e$\") || kind in [\"a\", \"b\"]")]
    [InlineData("1 / zero > 0 || coalesce(no, i) * 2 > 10")]
    [InlineData("uuid5(\"dns\", s) + sha256(kind)")]
    [InlineData("list[1] == \"b\" && \"b\" in list && map.k > 2 && size(nums) == 2")]
    public void Evaluate_ManyRows_AllocatesNothing(string text)
    {
        using var harness = new ExpressionHarness();
        Assert.Equal(0, harness.MeasureAllocation(text));
    }
}
