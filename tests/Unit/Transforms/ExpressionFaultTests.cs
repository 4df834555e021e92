using ClickSink.Engine.Transforms.Expressions.Syntax;
using Xunit;

namespace ClickSink.Tests.Unit.Transforms;

/// <summary>What is wrong with an expression is found before any row is seen, and told with its place.</summary>
public sealed class ExpressionFaultTests
{
    [Theory]
    [InlineData("", 0, "the expression ends; a value")]
    [InlineData("1 +", 3, "the expression ends")]
    [InlineData("i = 7", 2, "equality is written ==")]
    [InlineData("flag & flag", 5, "it is written &&")]
    [InlineData("(i", 2, ") is expected")]
    [InlineData("i i", 2, "an operator is missing")]
    [InlineData("\"abc", 0, "ends with one")]
    [InlineData("\"\\q\"", 1, "is no escape")]
    [InlineData("`a", 0, "ends with one")]
    [InlineData("12ab", 0, "is no number")]
    [InlineData("99999999999999999999", 0, "beyond 64 bits")]
    [InlineData("9223372036854775808", 0, "write u behind it")]
    [InlineData("-1u", 1, "cannot be negative")]
    [InlineData("i.", 2, "a name is expected behind the dot")]
    [InlineData("i @ 2", 2, "has no meaning here")]
    [InlineData("nobody > 1", 0, "there is no column 'nobody' here; there are i, neg")]
    [InlineData("user.name == \"x\"", 0, "map user.name to a column")]
    [InlineData("s + i", 0, "'+' is not defined for string and int, but for")]
    [InlineData("i + u", 0, "Convert one side, as in int(...)")]
    [InlineData("i + f", 0, "Convert one side")]
    [InlineData("i == s", 0, "'==' is not defined for int and string")]
    [InlineData("u + -1", 0, "is not defined for uint and int")]
    [InlineData("i && flag", 0, "true or false is needed here, i is of the type int")]
    [InlineData("i ? 1 : 2", 0, "true or false is needed")]
    [InlineData("flag ? 1 : \"a\"", 11, "must have one type")]
    [InlineData("coalesce(no, s)", 13, "must have one type")]
    [InlineData("coalesce(no)", 0, "two values or more")]
    [InlineData("i in [1, \"a\"]", 9, "must have one type")]
    [InlineData("i in [zero]", 6, "must be literals")]
    [InlineData("i in 5", 5, "a list in brackets")]
    [InlineData("s in nums", 0, "list(int) holds no string")]
    [InlineData("i[0]", 0, "int has no elements")]
    [InlineData("nums[s]", 5, "a list takes an int")]
    [InlineData("map[i]", 4, "keys are of the type string")]
    [InlineData("nums.first", 0, "map nums.first to a column")]
    [InlineData("nums == nums", 0, "is not defined for list(int) and list(int)")]
    [InlineData("coalesce(nums, nums)", 0, "take an element of it")]
    [InlineData("[1, 2]", 0, "a list can stand behind in only")]
    [InlineData("nofunction(i)", 0, "there is no function nofunction; there are bool, bytes")]
    [InlineData("has(i, s)", 0, "has takes 1 value")]
    [InlineData("size(i)", 0, "'size' is not defined for int, but for: string; bytes")]
    [InlineData("s.matches(kind)", 10, "must be a literal")]
    [InlineData("s.matches(\"(\")", 10, "cannot be used")]
    [InlineData("s.matches(\"(a)\\\\1\")", 10, "cannot be used")]
    [InlineData("timestamp(\"yesterday\") < at", 0, "no timestamp")]
    [InlineData("i / 0", -1, "")]
    [InlineData("1 / 0", 0, "division by zero")]
    [InlineData("at.getHours(\"Mars/Olympus\")", 12, "not known to this machine")]
    [InlineData("at.getHours(kind)", 12, "must be a literal")]
    [InlineData("uuid5(kind, s)", 6, "must be a literal")]
    public void Compile_Faulty_TellsWhereAndWhatToDo(string text, int at, string expected)
    {
        using var harness = new ExpressionHarness();
        // A division of a column by a constant zero is known to fail only once there is a row.
        if (at < 0)
        {
            Assert.StartsWith("error:", harness.Evaluate(text));
            return;
        }

        var fault = harness.Refuse(text);
        Assert.Contains(expected, fault.Message);
        Assert.Equal(at, fault.At);
    }

    [Theory]
    [InlineData("(", 5000)]
    [InlineData("!", 5000)]
    [InlineData("- ", 4000)]
    [InlineData("flag || ", 900)]
    [InlineData("true ? 1 : ", 700)]
    [InlineData("1 + (", 1500)]
    public void Compile_DeepOrLong_IsRefusedAndNotACrash(string piece, int times)
    {
        using var harness = new ExpressionHarness();
        harness.Refuse(string.Concat(Enumerable.Repeat(piece, times)) + "flag");
    }

    [Fact]
    public void Compile_TooLong_IsRefused()
    {
        using var harness = new ExpressionHarness();
        Assert.Contains("at most", harness.Refuse(new string(' ', Parser.MaxLength) + "1").Message);
    }
}
