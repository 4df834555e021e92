using ClickSink.Engine.Delivery;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Pipelines;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

public sealed class ErrorBudgetTests
{
    private static readonly RowFault OfAmount = new("no number", "amount", "amount", "x");
    private static readonly RowFault OfMessage = new("not JSON", null, null, null);
    private readonly Clock _clock = new();

    [Fact]
    public void Reject_BelowTheMinimum_IsNotJudged()
    {
        var budget = Budget(rate: 0.1, minimum: 10);
        for (var i = 0; i < 9; i++)
        {
            budget.Count();
            Assert.Null(budget.Reject(OfMessage, "somewhere"));
        }
    }

    [Fact]
    public void Reject_MoreThanTheRate_TellsCountsByColumnAndAnExample()
    {
        var budget = Budget(rate: 0.1, minimum: 10);
        for (var i = 0; i < 18; i++) budget.Count();
        Assert.Null(budget.Reject(OfAmount, "t[0] offset 3: no number"));
        budget.Count();
        Assert.Null(RejectOne(budget, OfMessage));
        var stop = RejectOne(budget, OfAmount, "t[0] offset 21: no number");
        Assert.Contains("3 of 21 messages (14.29 %) were rejected within 1m, 10 % are allowed", stop);
        Assert.Contains("amount 2, (whole message) 1", stop);
        Assert.Contains("t[0] offset 21: no number", stop);
    }

    [Fact]
    public void Reject_AfterTheWindow_ForgetsWhatWasBefore()
    {
        var budget = Budget(rate: 0.5, minimum: 2);
        for (var i = 0; i < 100; i++) budget.Count();
        budget.Roll();
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(RejectOne(budget, OfMessage));
        _clock.Advance(TimeSpan.FromSeconds(31));
        // The hundred good ones are gone, the rejection is not.
        Assert.NotNull(RejectOne(budget, OfMessage));
    }

    [Fact]
    public void RejectCounted_DoesNotCountTheMessageAgain()
    {
        var budget = Budget(rate: 0.5, minimum: 2);
        budget.Count();
        budget.Count();
        budget.Roll();
        Assert.Null(budget.RejectCounted(OfMessage, "a"));
        Assert.Contains("2 of 2 messages", budget.RejectCounted(OfMessage, "b"));
    }

    [Fact]
    public async Task Run_BudgetUsedUp_KeepsWhatWasRejectedAndStopsInFrontOfTheRest()
    {
        string[] messages = [.. WorkerRig.Numbers(0, 40), .. Enumerable.Repeat("broken", 100)];
        var rig = new WorkerRig([messages]) { Policy = ErrorPolicy.DeadLetter, Budget = new ErrorBudgetOptions { Rate = 0.2, Minimum = 10 } };

        var last = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Faulted, last.Phase);
        Assert.StartsWith("errors.budget is used up: 11 of 51 messages", last.Error);
        Assert.Equal(40, rig.Sink.Rows.Count);
        Assert.Equal(Enumerable.Range(40, 11).Select(o => (long)o), rig.Sink.DeadLetters.Select(l => l.Offset));
        Assert.Equal(51, rig.Ledger.NextOffset(0));
        Assert.Empty(rig.Ledger.OpenIntents());
    }

    private static string? RejectOne(ErrorBudget budget, RowFault fault, string where = "somewhere")
    {
        budget.Count();
        return budget.Reject(fault, where);
    }

    private ErrorBudget Budget(double rate, int minimum) =>
        new(new ErrorBudgetOptions { Rate = rate, Minimum = minimum, Window = TimeSpan.FromMinutes(1) }, _clock);

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
