using ClickSink.Engine.Delivery;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

public sealed class WorkerSnapshotTests
{
    [Fact]
    public async Task Snapshot_AfterAFault_StillKnowsTheEndOfEachPartition()
    {
        var rig = new WorkerRig([[.. WorkerRig.Numbers(0, 5), "no JSON", .. WorkerRig.Numbers(5, 5)]]);

        var last = await rig.RunToEndAsync();

        Assert.Equal(WorkerPhase.Faulted, last.Phase);
        Assert.Equal(new PartitionSnapshot(0, 5, 11), Assert.Single(last.Partitions));
    }
}
