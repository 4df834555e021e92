using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Interfaces.Rewinds;
using ClickSink.Grains.Pipelines;
using Xunit;

namespace ClickSink.Tests.Unit.Grains;

public sealed class RewindPlanTests
{
    private static readonly Dictionary<int, long> Nowhere = [];

    [Fact]
    public void Apply_Targets_MoveTheirPartitionsOnly()
    {
        var after = Apply([At(0, 500), At(1, 700)], new RewindRequest { Target = RewindTarget.Offsets }, new() { [1] = 0, [2] = 9 });
        Assert.Equal([(0, 500), (1, 0), (2, 9)], after.Select(p => (p.Partition, p.NextOffset)));
        Assert.All(after, p => Assert.Empty(p.Intents));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(550)]
    [InlineData(600)]
    public void Apply_TargetWithOpenRanges_WritesThemBesideTheProgress(long target)
    {
        var after = Assert.Single(Apply([At(0, 500, (500, 599))], new RewindRequest(), new() { [0] = target }));
        Assert.Equal(target, after.NextOffset);
        var intent = Assert.Single(after.Intents);
        Assert.Equal((500L, 599L, 7L, 3, true), (intent.From, intent.To, intent.Generation, intent.Version, intent.Aside));
    }

    [Fact]
    public void Apply_PartitionThatStays_GoesOnAfterItsOpenRanges()
    {
        var after = Assert.Single(Apply([At(0, 500, (500, 599), (600, 649))], new RewindRequest { Target = RewindTarget.Replay }, Nowhere));
        Assert.Equal(650, after.NextOffset);
        Assert.All(after.Intents, i => Assert.True(i.Aside));
    }

    [Fact]
    public void Apply_PartitionThatStaysWithAnUnfinishedReplay_IsNotMovedByIt()
    {
        var before = At(0, 500) with { Intents = [new OpenIntent { From = 900, To = 999, Generation = 7, Version = 3, Aside = true }] };
        Assert.Equal(500, Assert.Single(Apply([before], new RewindRequest { Target = RewindTarget.Replay }, Nowhere)).NextOffset);
    }

    [Fact]
    public void Apply_DiscardIntents_ReadsThemAgainUnlessTheRewindSkipsThem()
    {
        var after = Apply([At(0, 500, (500, 599)), At(1, 10, (10, 19))], new RewindRequest { DiscardIntents = true }, new() { [1] = 20 });
        Assert.Equal([(0, 500), (1, 20)], after.Select(p => (p.Partition, p.NextOffset)));
        Assert.All(after, p => Assert.Empty(p.Intents));
    }

    [Fact]
    public void Apply_Replay_CutsTheRangeIntoPiecesOfTheNewGeneration()
    {
        var request = new RewindRequest { Target = RewindTarget.Replay, Ranges = [Range(0, 100, 349), Range(0, 0, 0)] };
        var after = Assert.Single(Apply([At(0, 500)], request, Nowhere, maxRows: 100));
        Assert.Equal(500, after.NextOffset);
        Assert.Equal([(100, 199), (200, 299), (300, 349), (0, 0)], after.Intents.Select(i => (i.From, i.To)));
        Assert.All(after.Intents, i => Assert.Equal((8L, 4, true), (i.Generation, i.Version, i.Aside)));
    }

    [Fact]
    public void CountPieces_LargeBlocks_CountsByThePieceThatFitsIntoMemory()
    {
        Assert.Equal(3, RewindPlan.CountPieces([Range(0, 0, 249)], 100));
        Assert.Equal(2, RewindPlan.CountPieces([Range(0, 0, RewindPlan.MaxPiece)], 10_000_000));
    }

    [Fact]
    public void CheckOffsets_OutsideWhatKafkaHas_TellsTheBounds()
    {
        var bounds = new Dictionary<int, (long First, long End)> { [0] = (100, 200), [1] = (0, 0) };
        Assert.Empty(RewindCheck.CheckOffsets(new Dictionary<int, long> { [0] = 100, [1] = 0 }, bounds));
        Assert.Empty(RewindCheck.CheckOffsets(new Dictionary<int, long> { [0] = 200 }, bounds));
        Assert.Contains("from 100 to 200", Assert.Single(RewindCheck.CheckOffsets(new Dictionary<int, long> { [0] = 99 }, bounds)).Rule);
        Assert.Contains("has 0 to 1", Assert.Single(RewindCheck.CheckOffsets(new Dictionary<int, long> { [2] = 0 }, bounds)).Rule);
    }

    [Theory]
    [InlineData(100, 149, null)]
    [InlineData(99, 120, "within 100 to 199")]
    [InlineData(150, 200, "within 100 to 199")]
    [InlineData(120, 110, "end before it begins")]
    [InlineData(100, 150, "must end before 150")]
    public void CheckRanges_Range_IsOfWhatIsStoredAndStillInKafka(long from, long to, string? rule)
    {
        var faults = RewindCheck.CheckRanges([Range(0, from, to)], new Dictionary<int, (long First, long End)> { [0] = (100, 200) }, new Dictionary<int, long> { [0] = 150 }, 10);
        if (rule is null) Assert.Empty(faults);
        else Assert.Contains(rule, Assert.Single(faults).Rule);
    }

    [Fact]
    public void CheckRanges_TooManyPieces_SaysHowMany()
    {
        var fault = Assert.Single(RewindCheck.CheckRanges(
            [Range(0, 0, RewindPlan.MaxPieces)], new Dictionary<int, (long First, long End)> { [0] = (0, 10_000) }, new Dictionary<int, long> { [0] = 10_000 }, maxRows: 1));
        Assert.Contains($"{RewindPlan.MaxPieces + 1} blocks", fault.Rule);
    }

    private static List<PartitionProgress> Apply(IEnumerable<PartitionProgress> positions, RewindRequest request, Dictionary<int, long> targets, int maxRows = 1000) =>
        RewindPlan.Apply(positions, request, targets, generation: 8, version: 4, maxRows);

    private static ReplayRange Range(int partition, long from, long to) => new() { Partition = partition, From = from, To = to };

    private static PartitionProgress At(int partition, long next, params (long From, long To)[] open) => new()
    {
        Partition = partition, NextOffset = next, EndOffset = 1000,
        Intents = [.. open.Select(o => new OpenIntent { From = o.From, To = o.To, Generation = 7, Version = 3 })],
    };
}
