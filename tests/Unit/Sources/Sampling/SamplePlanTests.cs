using ClickSink.Engine.Sources.Kafka.Sampling;
using Xunit;

namespace ClickSink.Tests.Unit.Sources.Sampling;

/// <summary>Which offsets a sample reads.</summary>
public sealed class SamplePlanTests
{
    [Theory]
    [InlineData(10, new long[] { 100, 100 }, new long[] { 5, 5 })]
    [InlineData(10, new long[] { 2, 100 }, new long[] { 2, 8 })]
    [InlineData(10, new long[] { 100, 0, 3 }, new long[] { 7, 0, 3 })]
    [InlineData(100, new long[] { 4, 5 }, new long[] { 4, 5 })]
    [InlineData(2, new long[] { 9, 9, 9 }, new long[] { 1, 1, 0 })]
    [InlineData(5, new long[] { 0 }, new long[] { 0 })]
    public void Share_AnyPartitions_GivesWhatIsThereAndNoMore(int count, long[] messages, long[] expected) =>
        Assert.Equal(expected, SamplePlan.Share(count, Bounds(messages)));

    [Fact]
    public void Make_Earliest_BeginsAtTheFirstOffset() =>
        Assert.Equal([new SampleRun(0, 50, 3), new SampleRun(1, 51, 3)], Assert.Single(SamplePlan.Make(SampleFrom.Earliest, 6, [new(0, 50, 90), new(1, 51, 60)])));

    [Fact]
    public void Make_Latest_EndsAtTheLastOffset() =>
        Assert.Equal([new SampleRun(0, 87, 3), new SampleRun(1, 57, 3)], Assert.Single(SamplePlan.Make(SampleFrom.Latest, 6, [new(0, 50, 90), new(1, 51, 60)])));

    [Fact]
    public void Make_Nothing_HasNoRound() => Assert.Empty(SamplePlan.Make(SampleFrom.Spread, 6, [new(0, 50, 50)]));

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(3, 3)]
    [InlineData(7, 8)]
    [InlineData(10, 1000)]
    [InlineData(100, 150)]
    public void Make_Spread_CoversBothEndsOnceEach(int count, long messages)
    {
        var plan = SamplePlan.Make(SampleFrom.Spread, count, [new(4, 500, 500 + messages)]);

        var offsets = plan.SelectMany(round => round).SelectMany(run => Enumerable.Range(0, (int)run.Count).Select(i => run.From + i)).ToList();
        Assert.Equal(count, offsets.Count);
        Assert.Equal(offsets.Distinct().Order(), offsets);
        Assert.Equal(500, offsets[0]);
        if (count > 1) Assert.Equal(500 + messages - 1, offsets[^1]);
    }

    private static PartitionBounds[] Bounds(long[] messages) => [.. messages.Select((count, partition) => new PartitionBounds(partition, 1000, 1000 + count))];
}
