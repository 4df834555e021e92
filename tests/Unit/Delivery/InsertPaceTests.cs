using ClickSink.Engine.Delivery;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

public sealed class InsertPaceTests
{
    [Fact]
    public async Task Wait_SeveralInserts_TakeAsManyTurns()
    {
        var clock = new Clock();
        var pace = new InsertPace(perSecond: 4, clock);
        var cancellation = TestContext.Current.CancellationToken;

        await pace.WaitAsync(1, cancellation);
        Assert.Equal([], clock.Delays);
        await pace.WaitAsync(2, cancellation);
        Assert.Equal([250.0], clock.Delays);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        await pace.WaitAsync(1, cancellation);
        Assert.Equal([250.0, 500.0], clock.Delays);
        // What was not used is not saved up.
        clock.Advance(TimeSpan.FromMinutes(1));
        await pace.WaitAsync(1, cancellation);
        await pace.WaitAsync(1, cancellation);
        Assert.Equal([250.0, 500.0, 250.0], clock.Delays);
    }

    // Delays end at once, so what was asked for is all that there is to see.
    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public List<double> Delays { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Delays.Add(dueTime.TotalMilliseconds);
            callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
