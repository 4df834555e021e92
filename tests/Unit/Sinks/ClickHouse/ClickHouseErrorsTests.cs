using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sinks.ClickHouse;
using Xunit;

namespace ClickSink.Tests.Unit.Sinks.ClickHouse;

public sealed class ClickHouseErrorsTests
{
    [Theory]
    [InlineData(53)]
    [InlineData(60)]
    [InlineData(81)]
    [InlineData(16)]
    [InlineData(497)]
    [InlineData(516)]
    [InlineData(565)]
    public void Classify_WhatAHumanRepairs_BlocksAndSaysWhatToDo(int code)
    {
        var outcome = ClickHouseErrors.Classify(code, 500, "the server's text.", "insert into t");
        Assert.Equal(SinkOutcomeKind.Blocked, outcome.Kind);
        Assert.StartsWith("insert into t: the server's text. To do: ", outcome.Error);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(130)]
    [InlineData(153)]
    [InlineData(321)]
    [InlineData(349)]
    [InlineData(395)]
    [InlineData(469)]
    public void Classify_WhatRowsAreToBlameFor_IsARefusalOfThem(int code)
    {
        var outcome = ClickHouseErrors.Classify(code, 500, "the server's text.", "insert into t");
        Assert.Equal(SinkOutcomeKind.Refused, outcome.Kind);
        Assert.StartsWith("insert into t: the server's text. To do: ", outcome.Error);
    }

    [Theory]
    [InlineData(530)]
    [InlineData(539)]
    [InlineData(5)]
    [InlineData(159)]
    [InlineData(202)]
    [InlineData(241)]
    [InlineData(252)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(123456)]
    public void Classify_AnyOtherCode_IsTriedAgain(int code)
    {
        var outcome = ClickHouseErrors.Classify(code, 500, "Code: 53x", "t");
        Assert.Equal((SinkOutcomeKind.Retry, "t: Code: 53x"), (outcome.Kind, outcome.Error));
    }

    [Theory]
    [InlineData(400, SinkOutcomeKind.Blocked)]
    [InlineData(403, SinkOutcomeKind.Blocked)]
    [InlineData(404, SinkOutcomeKind.Blocked)]
    [InlineData(408, SinkOutcomeKind.Retry)]
    [InlineData(425, SinkOutcomeKind.Retry)]
    [InlineData(429, SinkOutcomeKind.Retry)]
    [InlineData(500, SinkOutcomeKind.Retry)]
    [InlineData(502, SinkOutcomeKind.Retry)]
    [InlineData(503, SinkOutcomeKind.Retry)]
    public void Classify_NoCode_GoesByTheHttpStatus(int status, SinkOutcomeKind kind) => Assert.Equal(kind, ClickHouseErrors.Classify(null, status, "x", "t").Kind);
}
