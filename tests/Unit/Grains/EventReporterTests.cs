using ClickSink.Grains.Events;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;
using Xunit;

namespace ClickSink.Tests.Unit.Grains;

public sealed class EventReporterTests
{
    private readonly Log _log = new();
    private readonly EventReporter _reporter;

    public EventReporterTests() => _reporter = new EventReporter("p", _log, TimeProvider.System);

    [Fact]
    public void See_AfterADrain_WhereItRunsNextIsNoMove()
    {
        See(PipelinePhase.Running, "a");
        _reporter.Drained(goesOn: true);
        See(PipelinePhase.Running, "b");
        Assert.Empty(_log.Events);
    }

    [Fact]
    public void See_AfterARecallByAnotherActivation_ToldAsThatOneWouldHave()
    {
        _reporter.Recall(1, "a", isAway: true);
        See(PipelinePhase.Running, "b");
        var told = Assert.Single(_log.Events);
        Assert.Equal((EventKind.FailedOver, 1, "b", "p"), (told.Kind, told.Slot, told.Silo, told.Pipeline));
        Assert.Null(told.By);
    }

    [Fact]
    public void See_TroubleOvercomeByANewDocument_IsRecoveredAfterTheDrain()
    {
        See(PipelinePhase.Faulted, "a", "offset 7");
        _reporter.Drained(goesOn: true);
        See(PipelinePhase.Running, "a");
        Assert.Equal([EventKind.Faulted, EventKind.Recovered], _log.Events.Select(e => e.Kind));
    }

    [Fact]
    public void See_TroubleEndedByAStop_IsForgotten()
    {
        See(PipelinePhase.Retrying, "a", "away");
        _reporter.Drained(goesOn: false);
        See(PipelinePhase.Running, "a");
        Assert.Equal([EventKind.Retrying], _log.Events.Select(e => e.Kind));
    }

    [Fact]
    public void SeeTrouble_OfThePipelineItself_IsToldOnceAndOnceAtItsEnd()
    {
        foreach (var trouble in new[] { null, "no topic", "still no topic", null, null }) _reporter.SeeTrouble(trouble);
        Assert.Equal([(EventKind.Retrying, "no topic"), (EventKind.Recovered, "after 0.0 s")], _log.Events.Select(e => (e.Kind, e.Detail)));
        Assert.All(_log.Events, e => Assert.Null(e.Slot));
    }

    private void See(PipelinePhase phase, string silo, string? error = null) => _reporter.See(new ReplicaStatus { Slot = 1, Silo = silo, Phase = phase, Error = error });

    private sealed class Log : IEventLog
    {
        public List<PipelineEvent> Events { get; } = [];

        public void Write(PipelineEvent happened) => Events.Add(happened);
    }
}
