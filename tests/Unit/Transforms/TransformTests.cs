using Xunit;

namespace ClickSink.Tests.Unit.Transforms;

public sealed class TransformTests
{
    private const string Orders = """
        - { name: id, type: UInt64 }
        - { name: kind, type: LowCardinality(String) }
        - { name: amount, type: Nullable(Int64) }
        """;

    [Fact]
    public void Filter_SomeRowsTrue_OnlyTheyStay()
    {
        using var rows = new TransformHarness(Orders, "- filter: amount > 10");
        rows.Accept("""{"id":1,"amount":11}""", """{"id":2,"amount":10}""", """{"id":3}""", """{"id":4,"amount":12}""");
        Assert.Equal(2, rows.Rows.Rows);
        Assert.Equal(["1,,11", "4,,12"], rows.SealOne());
    }

    [Fact]
    public void Filter_HolesWithinAMessage_AreLeftOutWhenSealed()
    {
        using var rows = new TransformHarness(Orders, "- filter: amount > 10\n- derive: { name: double, type: Int64, value: amount * 2 }");
        rows.Accept("""[{"id":1,"amount":1},{"id":2,"amount":20},{"id":3,"amount":3},{"id":4,"amount":40},{"id":5,"amount":5}]""", """{"id":6,"amount":60}""");
        Assert.Equal(["2,,20,40", "4,,40,80", "6,,60,120"], rows.SealOne());
        rows.Accept("""{"id":7,"amount":70}""");
        Assert.Equal(["7,,70,140"], rows.SealOne());
    }

    [Fact]
    public void Derive_EveryKind_IsStoredByTheColumnsCoercions()
    {
        const string Columns = "- { name: n, type: Int64 }\n- { name: at, type: \"DateTime64(3, 'UTC')\" }\n- { name: s, type: String, stored: false }";
        const string Derived = """
            - derive: { name: b, type: Bool, value: n > 1 }
            - derive: { name: i, type: Int8, value: n + 1 }
            - derive: { name: u, type: UInt64, value: 18446744073709551615u }
            - derive: { name: f, type: Float64, value: double(n) / 4.0 }
            - derive: { name: inf, type: Float32, value: double("-inf") }
            - derive: { name: d, type: "Decimal(9, 2)", value: decimal("1.50") * decimal(n) }
            - derive: { name: t, type: "DateTime('UTC')", value: at + duration("1h") }
            - derive: { name: day, type: Date, value: at }
            - derive: { name: text, type: Nullable(String), value: s.upper() }
            - derive: { name: time, type: String, value: at }
            - derive: { name: id, type: UUID, value: "uuid5(\"dns\", s)" }
            - derive: { name: no, type: Nullable(Int64), value: "s == \"x\" ? null : 5" }
            - derive: { name: zero, type: Int64, value: "s == \"x\" ? null : 5" }
            - derive: { name: twice, type: String, value: text + text }
            """;
        using var rows = new TransformHarness(Columns, Derived);
        rows.Accept("""{"n":3,"at":"2026-11-21T10:11:12.5Z","s":"x"}""");
        var expected = "3,1795255872500,1,4,18446744073709551615,0.75,-Infinity,450,1795259472,20778,X,2026-11-21T10:11:12.5Z,";
        var row = Assert.Single(rows.SealOne());
        Assert.StartsWith(expected, row);
        Assert.EndsWith(",NULL,0,XX", row);
    }

    [Fact]
    public void Derive_ValueThatFails_RejectsTheRowAndTellsWhy()
    {
        using var rows = new TransformHarness(Orders, "- derive: { name: share, type: Int64, value: 100 / amount }\n- derive: { name: small, type: Int8, value: share }");
        var fault = rows.Send("""{"id":1,"amount":0}""");
        Assert.Equal("share", fault!.Column);
        Assert.Equal("transforms[0].derive", fault.Path);
        Assert.Equal("amount = 0", fault.Value);
        Assert.Equal("column \"share\": transforms[0].derive: division by zero in 100 / amount (amount = 0)", fault.Reason);
        rows.Accept("""{"id":2,"amount":50}""");
        Assert.Equal(["2,,50,2,2"], rows.SealOne());
    }

    [Fact]
    public void Derive_ValueBeyondTheColumn_RejectsTheWholeMessage()
    {
        using var rows = new TransformHarness(Orders, "- derive: { name: small, type: Int8, value: amount }");
        rows.Accept("""{"id":1,"amount":1}""");
        var fault = rows.Send("""[{"id":2,"amount":2},{"id":3,"amount":128}]""");
        Assert.Equal("small", fault!.Column);
        Assert.Contains("128 from amount", fault.Reason);
        Assert.Equal(1, rows.Rows.Rows);
        Assert.All(rows.Rows.Columns, column => Assert.Equal(1, column.Count));
        rows.Accept("""{"id":4,"amount":127}""");
        Assert.Equal(["1,,1,1", "4,,127,127"], rows.SealOne());
    }

    [Fact]
    public void Derive_NullWhereItIsRejected_RejectsTheRow()
    {
        using var rows = new TransformHarness(Orders, "- derive: { name: twice, type: Int64, value: amount * 2, missing: reject }");
        Assert.Contains("amount * 2 is null", rows.Send("""{"id":1}""")!.Reason);
        Assert.Equal(0, rows.Rows.Rows);
    }

    [Fact]
    public void Route_FirstRuleThatIsTrue_Decides()
    {
        const string Route = """
            - route:
                rules:
                  - { when: "kind == \"click\"", to: [clicks, all] }
                  - { when: "kind == \"none\"", to: [] }
                  - { when: "amount > 100", to: [large, all] }
                otherwise: [all]
            """;
        using var rows = new TransformHarness(Orders, Route);
        Assert.Equal(["clicks", "all", "large"], rows.Plan.Routes);
        rows.Accept(
            """{"id":1,"kind":"click","amount":500}""", """{"id":2,"kind":"none"}""", """{"id":3,"kind":"x","amount":101}""", """{"id":4,"kind":"y"}""",
            """[{"id":5,"kind":"none"},{"id":6,"kind":"click"},{"id":7,"kind":"none"}]""");
        var parts = rows.Seal();
        Assert.Equal(["1,click,500", "6,click,NULL"], parts["clicks"]);
        Assert.Equal(["1,click,500", "3,x,101", "4,y,NULL", "6,click,NULL"], parts["all"]);
        Assert.Equal(["3,x,101"], parts["large"]);
        rows.Accept("""{"id":8,"kind":"y"}""");
        Assert.Equal(["all"], rows.Seal().Keys);
    }

    [Fact]
    public void Route_NoRuleTrueAndNoOtherwise_RejectsTheRow()
    {
        using var rows = new TransformHarness(Orders, "- route: { rules: [{ when: amount > 1, to: [a] }] }");
        var fault = rows.Send("""{"id":1,"amount":1}""");
        Assert.Contains("no rule is true", fault!.Reason);
        Assert.Equal("transforms[0].route", fault.Path);
        Assert.Contains("rules[0].when: division by zero", Failing());

        static string Failing()
        {
            using var rows = new TransformHarness(Orders, "- route: { rules: [{ when: 1 / amount > 1, to: [a] }] }");
            return rows.Send("""{"id":1,"amount":0}""")!.Reason;
        }
    }

    [Fact]
    public void Transform_ManyMessages_AllocatesNothingARow()
    {
        const string Steps = "- filter: \"kind in [\\\"a\\\", \\\"b\\\"] && amount > 0\"\n- derive: { name: twice, type: Int64, value: amount * 2 }\n- derive: { name: up, type: String, value: kind.upperAscii() }";
        using var rows = new TransformHarness(Orders, Steps);
        var json = """{"id":1,"kind":"a","amount":5}"""u8.ToArray();
        Run(20_000);
        rows.Rows.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(20_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int count)
        {
            for (var i = 0; i < count; i++) rows.SendBytes(json);
        }
    }
}
