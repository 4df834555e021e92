using ClickSink.Grains.Events;
using ClickSink.Grains.Interfaces.Events;
using Xunit;

namespace ClickSink.Tests.Unit.Grains;

public sealed class EventBufferTests
{
    private readonly EventBuffer _buffer = new();

    [Fact]
    public void Write_MoreThanThereIsRoomFor_KeepsTheFirstAndCountsTheRest()
    {
        for (var i = 0; i < EventBuffer.Capacity + 7; i++) _buffer.Write(Event(i));

        Assert.Equal(7, _buffer.Dropped);
        var taken = _buffer.Take(int.MaxValue);
        Assert.Equal(Enumerable.Range(0, EventBuffer.Capacity), taken.Select(t => t.Event.Slot!.Value));
        Assert.Equal(taken.Count, taken.Select(t => t.Key).Distinct().Count());
    }

    [Fact]
    public async Task Take_AfterTheWait_GivesBatchesInOrder()
    {
        var waiting = _buffer.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        for (var i = 0; i < 5; i++) _buffer.Write(Event(i));

        Assert.True(await waiting);
        Assert.Equal([0, 1, 2], _buffer.Take(3).Select(t => t.Event.Slot!.Value));
        Assert.Equal([3, 4], _buffer.Take(3).Select(t => t.Event.Slot!.Value));
        Assert.Empty(_buffer.Take(3));
        Assert.Equal(0, _buffer.Dropped);
    }

    private static PipelineEvent Event(int number) => new() { At = DateTimeOffset.UnixEpoch, Pipeline = "p", Kind = EventKind.Moved, Slot = number };
}
