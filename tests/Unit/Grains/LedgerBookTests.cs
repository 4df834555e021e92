using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sources;
using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Replicas;
using Xunit;

namespace ClickSink.Tests.Unit.Grains;

public sealed class LedgerBookTests
{
    private static readonly Intent First = new(new BlockRange(1, 10, 19), 7, 3);
    private static readonly Intent Second = new(new BlockRange(1, 20, 29), 7, 3);

    private static List<PartitionProgress> Fresh => [new() { Partition = 0, NextOffset = -1 }, new() { Partition = 1, NextOffset = 10 }];

    [Fact]
    public void Apply_Opened_IsAnIntentAndMovesNothing()
    {
        var after = LedgerBook.Apply(Fresh, new LedgerChange { Opened = First });
        Assert.Equal(10, after[1].NextOffset);
        Assert.Equal(new OpenIntent { From = 10, To = 19, Generation = 7, Version = 3 }, Assert.Single(after[1].Intents));
        Assert.Equal([First], LedgerBook.Intents(after, 3));
        Assert.Empty(LedgerBook.Intents(after, 2));
    }

    [Fact]
    public void Apply_CompletedWithTheNextOpened_ClosesOneAndOpensTheOther()
    {
        var before = LedgerBook.Apply(Fresh, new LedgerChange { Opened = First });
        var after = LedgerBook.Apply(before, new LedgerChange { Completed = First, Opened = Second });
        Assert.Equal(20, after[1].NextOffset);
        Assert.Equal([Second], LedgerBook.Intents(after, 3));
        Assert.Equal([new PartitionOffset(0, -1), new PartitionOffset(1, 20)], LedgerBook.Positions(after));
    }

    [Fact]
    public void Apply_Twice_DoesWhatOnceDoes()
    {
        LedgerChange[] changes =
        [
            new() { Opened = First }, new() { Completed = First, Opened = Second }, new() { Completed = Second }, new() { Moved = [new PartitionOffset(0, 5)] },
        ];
        var state = Fresh;
        foreach (var change in changes)
        {
            var once = LedgerBook.Apply(state, change);
            var twice = LedgerBook.Apply(once, change);
            Assert.Equal(Text(once), Text(twice));
            state = once;
        }

        Assert.Equal("0:5 1:30", Text(state));
    }

    [Fact]
    public void Apply_FormerList_StaysAsItIs()
    {
        var before = Fresh;
        LedgerBook.Apply(before, new LedgerChange { Opened = First, Moved = [new PartitionOffset(0, 5)] });
        Assert.Equal(Text(Fresh), Text(before));
    }

    [Fact]
    public void Apply_CompletedAfterTheLedgerWentOn_DoesNotGoBack()
    {
        var ahead = new List<PartitionProgress> { new() { Partition = 1, NextOffset = 100 } };
        Assert.Equal("1:100", Text(LedgerBook.Apply(ahead, new LedgerChange { Completed = First })));
    }

    [Fact]
    public void Apply_Moved_KeepsIntents()
    {
        var before = LedgerBook.Apply(Fresh, new LedgerChange { Opened = First });
        var after = LedgerBook.Apply(before, new LedgerChange { Moved = [new PartitionOffset(1, 15)] });
        Assert.Equal("0:-1 1:15 [10-19]", Text(after));
    }

    private static string Text(IEnumerable<PartitionProgress> partitions) =>
        string.Join(' ', partitions.Select(p => $"{p.Partition}:{p.NextOffset}{string.Concat(p.Intents.Select(i => $" [{i.From}-{i.To}]"))}"));
}
