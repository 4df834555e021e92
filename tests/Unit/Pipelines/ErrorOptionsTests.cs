using ClickSink.Engine.Pipelines;
using Xunit;

namespace ClickSink.Tests.Unit.Pipelines;

public sealed class ErrorOptionsTests
{
    [Fact]
    public void Read_FormerDeadLetterTable_IsMovedAndWrittenInOneWay()
    {
        var document = Read("deadLetterTable: dead", "{ policy: deadLetter }", out var faults);
        Assert.Empty(faults);
        Assert.Equal("dead", document!.Options.Errors.DeadLetters.Table);
        Assert.DoesNotContain("deadLetterTable", document.ToJson());
        Assert.True(document.SameContent(Read("", "{ policy: deadLetter, deadLetters: { table: dead } }", out _)!));
    }

    [Fact]
    public void Read_FormerAndPresentKey_RefusesTheFormer()
    {
        Read("deadLetterTable: dead", "{ policy: deadLetter, deadLetters: { table: other } }", out var faults);
        Assert.Equal("sinks[0].clickhouse.deadLetterTable", Assert.Single(faults).Path);
    }

    [Fact]
    public void Read_Defaults_AreATableAndNoBudget()
    {
        var errors = Read("", "{}", out _)!.Options.Errors;
        Assert.Equal(
            (ErrorPolicy.Stop, null, null, 4L << 20, null),
            (errors.Policy, errors.DeadLetters.Table, errors.DeadLetters.Topic, errors.DeadLetters.MaxPayload.Bytes, errors.Budget));
    }

    [Theory]
    [InlineData("{ policy: deadLetter, deadLetters: { topic: t } }", "errors.deadLetters.topic")]
    [InlineData("{ policy: deadLetter, deadLetters: { topic: 'a b' } }", "errors.deadLetters.topic")]
    [InlineData("{ policy: deadLetter, deadLetters: { topic: '' } }", "errors.deadLetters.topic")]
    [InlineData("{ policy: deadLetter, deadLetters: { topic: d, brokers: nowhere } }", "errors.deadLetters.brokers")]
    [InlineData("{ policy: deadLetter, deadLetters: { brokers: 'b:1' } }", "errors.deadLetters.brokers")]
    [InlineData("{ policy: deadLetter, deadLetters: { table: '' } }", "errors.deadLetters.table")]
    [InlineData("{ policy: deadLetter, deadLetters: { maxPayload: 10 } }", "errors.deadLetters.maxPayload")]
    [InlineData("{ policy: skip, budget: { rate: 0 } }", "errors.budget.rate")]
    [InlineData("{ policy: skip, budget: { rate: 1 } }", "errors.budget.rate")]
    [InlineData("{ policy: skip, budget: { window: 10ms } }", "errors.budget.window")]
    [InlineData("{ policy: skip, budget: { minimum: 0 } }", "errors.budget.minimum")]
    [InlineData("{ policy: stop, budget: { rate: 0.5 } }", "errors.budget")]
    public void Read_BadErrors_NamesTheKey(string errors, string path)
    {
        Read("", errors, out var faults);
        Assert.Equal(path, Assert.Single(faults).Path);
    }

    [Fact]
    public void Read_SameTopicAtOtherBrokers_IsTaken()
    {
        Read("", "{ policy: deadLetter, deadLetters: { topic: t, brokers: 'other:1' } }", out var faults);
        Assert.Empty(faults);
    }

    private static PipelineDocument? Read(string sink, string errors, out FaultList faults)
    {
        faults = new FaultList();
        return PipelineDocument.Read(
            $$"""
            id: p
            source: { kafka: { brokers: "b:1", topic: t } }
            mapping: { columns: [ { name: n, type: UInt64 } ] }
            sinks: [ { clickhouse: { url: "http://h:1", table: t, {{sink}} } } ]
            errors: {{errors}}
            """,
            faults);
    }
}
