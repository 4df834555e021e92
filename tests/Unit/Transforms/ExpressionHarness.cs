using ClickSink.Engine.Mapping;
using ClickSink.Engine.Transforms.Expressions;
using ClickSink.Tests.Unit.Formats;
using Xunit;

namespace ClickSink.Tests.Unit.Transforms;

/// <summary>One decoded row of many types, and expressions over it.</summary>
internal sealed class ExpressionHarness : IDisposable
{
    public const string Row = """
        {"i":7,"neg":-3,"u":9,"big":18446744073709551615,"f":2.5,"dec":"12.34","s":"Grüße","kind":"click","no":null,"yes":"there",
         "flag":true,"at":"2026-11-21T10:11:12.345Z","day":"2026-11-21","id":"0f8fad5b-d9cb-469f-a165-70867728950e","zero":0,"list":["a","b",null],"nums":[5,6],"map":{"k":1,"j":2,"k":3},"level":"high","day32":"1950-01-01"}
        """;

    private readonly DecoderHarness _rows = new(
        DecoderHarness.Column("i", "Int64"),
        DecoderHarness.Column("neg", "Int32"),
        DecoderHarness.Column("u", "UInt32"),
        DecoderHarness.Column("big", "UInt64"),
        DecoderHarness.Column("f", "Float64"),
        DecoderHarness.Column("dec", "Decimal(18, 2)"),
        DecoderHarness.Column("s", "String"),
        DecoderHarness.Column("kind", "LowCardinality(String)"),
        DecoderHarness.Column("no", "Nullable(Int64)"),
        DecoderHarness.Column("yes", "LowCardinality(Nullable(String))"),
        DecoderHarness.Column("flag", "Bool"),
        DecoderHarness.Column("at", "DateTime64(3, 'Europe/Berlin')"),
        DecoderHarness.Column("day", "Date"),
        DecoderHarness.Column("id", "UUID"),
        DecoderHarness.Column("zero", "Int64"),
        DecoderHarness.Column("list", "Array(Nullable(String))"),
        DecoderHarness.Column("nums", "Array(Int16)"),
        DecoderHarness.Column("map", "Map(LowCardinality(String), Int64)"),
        DecoderHarness.Column("level", "Enum8('low' = 1, 'high' = 2)"),
        DecoderHarness.Column("day32", "Date32"),
        DecoderHarness.Column("with-hyphen", "UInt8", path: "u"));

    private readonly RowScope _scope = new();

    public ExpressionHarness()
    {
        _rows.Accept(Row);
        _scope.Bind(_rows.Block.ColumnArray);
        _scope.MoveTo(0);
    }

    public IReadOnlyList<ColumnPlan> Columns => _rows.Plan.Columns;

    /// <summary>What an expression comes to, as text; an error begins with <c>error:</c>.</summary>
    public string Evaluate(string text)
    {
        var expression = ExpressionCompiler.Compile(text, Columns);
        return expression.Root.Probe(_scope) is Outcome.Error ? $"error: {expression.Explain(_scope).Reason}" : Expression.Describe(expression.Root, _scope);
    }

    public ExpressionFault Refuse(string text) => Assert.Throws<ExpressionFault>(() => ExpressionCompiler.Compile(text, Columns));

    /// <summary>Evaluates an expression many times and tells the bytes that this allocated.</summary>
    public long MeasureAllocation(string text)
    {
        var expression = ExpressionCompiler.Compile(text, Columns);
        for (var warm = 0; warm < 100; warm++) Run(expression);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 1000; run++) Run(expression);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public void Dispose() => _rows.Dispose();

    private void Run(Expression expression)
    {
        _scope.MoveTo(0);
        expression.Root.Probe(_scope);
    }
}
