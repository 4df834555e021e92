using ClickSink.Engine.Delivery;
using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Replicas;
using Xunit;

namespace ClickSink.Tests.Unit.Grains;

public sealed class LedgerAsideTests
{
    private static readonly OpenIntent InHand = new() { From = 10, To = 19, Generation = 7, Version = 3, Aside = true };
    private static readonly OpenIntent Replayed = InHand with { Generation = 8 };

    [Fact]
    public void Apply_CompletedAside_ClosesItAndMovesNothing()
    {
        var before = new PartitionProgress { NextOffset = 5, EndOffset = -1, Intents = [InHand] };
        var after = Assert.Single(LedgerBook.Apply([before], new LedgerChange { Completed = Assert.Single(LedgerBook.Intents([before], 3)) }));
        Assert.Equal(5, after.NextOffset);
        Assert.Empty(after.Intents);
    }

    [Fact]
    public void Apply_SameRangeOfTwoGenerations_ClosesOneAtATime()
    {
        var before = new PartitionProgress { NextOffset = 20, EndOffset = -1, Intents = [InHand, Replayed] };
        var after = Assert.Single(LedgerBook.Apply([before], new LedgerChange { Completed = LedgerBook.Intents([before], 3)[0] }));
        Assert.Equal([Replayed], after.Intents);
    }
}
