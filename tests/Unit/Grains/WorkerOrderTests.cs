using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources;
using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Replicas;
using Xunit;

namespace ClickSink.Tests.Unit.Grains;

public sealed class WorkerOrderTests
{
    private static readonly OpenIntent OfVersion1 = new() { From = 5, To = 9, Generation = 7, Version = 1 };
    private static readonly OpenIntent OfVersion2 = new() { From = 3, To = 4, Generation = 7, Version = 2 };

    [Fact]
    public void Make_NothingInHand_RunsThePresentVersion()
    {
        var order = Make([new() { Partition = 0, NextOffset = 5 }]);
        Assert.Equal(2, order.Plan.Version);
        Assert.Empty(order.Start.Intents);
        Assert.Equal([new PartitionOffset(0, 5)], order.Start.Positions);
        Assert.False(order.Start.EndWhenRefused);
    }

    [Fact]
    public void Make_RangeOfAFormerVersion_IsFinishedWithThatVersionFirst()
    {
        var order = Make([new() { Partition = 0, NextOffset = 5, Intents = [OfVersion1] }, new() { Partition = 1, NextOffset = 3, Intents = [OfVersion2] }]);
        Assert.Equal(1, order.Plan.Version);
        Assert.Equal([new Intent(new BlockRange(0, 5, 9), 7, 1)], order.Start.Intents);
        Assert.Empty(order.Start.Positions);
        Assert.True(order.Start.EndWhenRefused);
    }

    [Fact]
    public void Make_FormerVersionIsRefused_ThePresentOneWritesAllRangesUnderTheirTokens()
    {
        var order = Make([new() { Partition = 0, NextOffset = 5, Intents = [OfVersion1] }, new() { Partition = 1, NextOffset = 3, Intents = [OfVersion2] }], formerIsRefused: true);
        Assert.Equal(2, order.Plan.Version);
        Assert.Equal([new Intent(new BlockRange(0, 5, 9), 7, 1), new Intent(new BlockRange(1, 3, 4), 7, 2)], order.Start.Intents);
        Assert.Equal(2, order.Start.Positions.Count);
        Assert.False(order.Start.EndWhenRefused);
    }

    [Fact]
    public void Make_FormerVersionCannotBeRead_ThePresentOneWritesItsRanges()
    {
        var order = Make([new() { Partition = 0, NextOffset = 5, Intents = [OfVersion1 with { Version = 9 }] }]);
        Assert.Equal(2, order.Plan.Version);
        Assert.Single(order.Start.Intents);
    }

    [Fact]
    public void Make_PresentVersionCannotBeRead_SaysWhy()
    {
        var faults = new FaultList();
        Assert.Null(WorkerOrder.Make(Assignment() with { Version = 3 }, [], formerIsRefused: false, faults));
        Assert.Contains("not there", faults[0].Rule);
        faults = [];
        Assert.Null(WorkerOrder.Make(Assignment() with { Documents = new() { [2] = "{}" } }, [], formerIsRefused: false, faults));
        Assert.Contains(faults, f => f.Path == "id");
    }

    private static WorkerOrder Make(List<PartitionProgress> partitions, bool formerIsRefused = false)
    {
        var faults = new FaultList();
        var order = WorkerOrder.Make(Assignment(), partitions, formerIsRefused, faults);
        Assert.Empty(faults);
        return order!;
    }

    private static ReplicaAssignment Assignment() => new()
    {
        Epoch = 1,
        Generation = 7,
        Version = 2,
        Documents = new() { [1] = Document("a"), [2] = Document("b") },
        Partitions = [],
    };

    private static string Document(string column) =>
        $$$"""{"id":"p","source":{"kafka":{"brokers":"b:1","topic":"t"}},"mapping":{"columns":[{"name":"{{{column}}}","type":"UInt64"}]},"sinks":[{"clickhouse":{"url":"http://c","table":"t"}}]}""";
}
