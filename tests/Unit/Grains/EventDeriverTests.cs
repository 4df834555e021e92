using ClickSink.Grains.Events;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;
using Xunit;

namespace ClickSink.Tests.Unit.Grains;

public sealed class EventDeriverTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly List<(EventKind Kind, string Detail)> _told = [];
    private ReplicaSighting _sighting = new();
    private DateTimeOffset _now = Noon;

    [Fact]
    public void Derive_FirstSight_TellsNothing()
    {
        See(PipelinePhase.Running);
        Assert.Empty(_told);
    }

    [Fact]
    public void Derive_OtherSiloWhileItAnswered_IsAMove()
    {
        See(PipelinePhase.Running);
        See(PipelinePhase.Starting, silo: "b");
        See(PipelinePhase.Running, silo: "b");
        Assert.Equal([(EventKind.Moved, "from a")], _told);
    }

    [Fact]
    public void Derive_OtherSiloAfterNoAnswer_IsAFailOver()
    {
        See(PipelinePhase.Running);
        Away();
        Away();
        See(PipelinePhase.Recovering, silo: "b");
        See(PipelinePhase.Running, silo: "b");
        Assert.Equal([(EventKind.FailedOver, "a did not answer")], _told);
    }

    [Fact]
    public void Derive_SameSiloAnswersAgain_TellsNothing()
    {
        See(PipelinePhase.Running);
        Away();
        See(PipelinePhase.Running);
        See(PipelinePhase.Running, silo: "b");
        Assert.Equal([(EventKind.Moved, "from a")], _told);
    }

    [Fact]
    public void Derive_Trouble_IsToldAtItsBeginningAndItsEndWithHowLongItTook()
    {
        See(PipelinePhase.Running);
        See(PipelinePhase.Retrying, "Kafka is away");
        _now = Noon.AddSeconds(30);
        See(PipelinePhase.Retrying, "Kafka is still away");
        _now = Noon.AddSeconds(75);
        See(PipelinePhase.Running);
        See(PipelinePhase.Running);
        Assert.Equal([(EventKind.Retrying, "Kafka is away"), (EventKind.Recovered, "retrying for 0:01:15")], _told);
    }

    [Fact]
    public void Derive_TroubleGetsWorse_IsToldAgainAndCountedFromTheBeginning()
    {
        See(PipelinePhase.Retrying, "away");
        _now = Noon.AddSeconds(10);
        See(PipelinePhase.Blocked, "no such table");
        See(PipelinePhase.Retrying, "away");
        See(PipelinePhase.Blocked, "no such table");
        _now = Noon.AddSeconds(12.5);
        See(PipelinePhase.Running);
        Assert.Equal([(EventKind.Retrying, "away"), (EventKind.Blocked, "no such table"), (EventKind.Recovered, "blocked for 12.5 s")], _told);
    }

    [Fact]
    public void Derive_TroubleOutlivesTheSilo_IsOverWhenItRunsElsewhere()
    {
        See(PipelinePhase.Retrying, "away");
        Away();
        See(PipelinePhase.Starting, silo: "b");
        See(PipelinePhase.Running, silo: "b");
        Assert.Equal([EventKind.Retrying, EventKind.FailedOver, EventKind.Recovered], _told.Select(t => t.Kind));
    }

    [Fact]
    public void Derive_FaultStartedInVain_IsTwoFaults()
    {
        See(PipelinePhase.Faulted, "offset 7");
        See(PipelinePhase.Faulted, "offset 7");
        _now = Noon.AddSeconds(5);
        See(PipelinePhase.Starting);
        See(PipelinePhase.Faulted, "offset 7");
        See(PipelinePhase.Faulted, "offset 7", since: _now);
        See(PipelinePhase.Faulted, "offset 7", since: _now);
        Assert.Equal([(EventKind.Faulted, "offset 7"), (EventKind.Faulted, "offset 7")], _told);
    }

    [Fact]
    public void Derive_StartsAndDrains_TellNothing()
    {
        foreach (var phase in new[] { PipelinePhase.Starting, PipelinePhase.Recovering, PipelinePhase.Running, PipelinePhase.Draining, PipelinePhase.Stopped }) See(phase);
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(59.9, "59.9 s")]
    [InlineData(-3, "0.0 s")]
    [InlineData(90_061, "1.01:01:01")]
    public void Describe_Duration_AsPeopleSayIt(double seconds, string expected) => Assert.Equal(expected, EventDeriver.Describe(TimeSpan.FromSeconds(seconds)));

    private void See(PipelinePhase phase, string? error = null, string silo = "a", DateTimeOffset? since = null) =>
        Derive(new ReplicaStatus { Silo = silo, Phase = phase, Error = error, ErrorSince = error is null ? null : since ?? Noon });

    private void Away() => Derive(new ReplicaStatus { Silo = "a", Phase = PipelinePhase.Starting, Error = "does not answer", IsAway = true });

    private void Derive(ReplicaStatus status) => _sighting = EventDeriver.Derive(_sighting, status, _now, (kind, detail) => _told.Add((kind, detail)));
}
