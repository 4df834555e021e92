using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Replicas;

/// <summary>What the next worker of a replica has to do.</summary>
/// <param name="Plan">The version that it runs.</param>
/// <param name="Start">Where it begins.</param>
internal sealed record WorkerOrder(PipelinePlan Plan, WorkerStart Start)
{
    /// <summary>
    /// Ranges that were begun with a former version are finished with that version, before anything else. If the sink refuses that, they are written with the
    /// present version under the same tokens: the edit may have been made because the sink refused, and then nothing else gets past it.
    /// </summary>
    /// <param name="assignment">The orders of the pipeline.</param>
    /// <param name="partitions">The ledger.</param>
    /// <param name="formerIsRefused">Whether a worker of a former version ended because the sink refuses what it writes.</param>
    /// <param name="faults">Receives why the present version cannot be run.</param>
    public static WorkerOrder? Make(ReplicaAssignment assignment, List<PartitionProgress> partitions, bool formerIsRefused, FaultList faults)
    {
        if (Read(assignment, assignment.Version, faults) is not { } present)
        {
            if (faults.Count == 0) faults.Add("", null, $"version {assignment.Version} is not there");
            return null;
        }

        var former = partitions.SelectMany(p => p.Intents).Where(i => i.Version != assignment.Version).Select(i => i.Version).Order().FirstOrDefault();
        if (former != 0 && !formerIsRefused && Read(assignment, former, new FaultList()) is { } options)
        {
            return new WorkerOrder(
                PipelinePlan.Compile(FormerVersion.ReachedAs(options, present), former, assignment.Generation),
                new WorkerStart { Intents = LedgerBook.Intents(partitions, former), EndWhenRefused = true });
        }

        return new WorkerOrder(
            PipelinePlan.Compile(present, assignment.Version, assignment.Generation),
            new WorkerStart { Intents = LedgerBook.Intents(partitions), Positions = LedgerBook.Positions(partitions) });
    }

    private static PipelineOptions? Read(ReplicaAssignment assignment, int version, FaultList faults) =>
        assignment.Documents.TryGetValue(version, out var text) ? PipelineDocument.Read(text, faults)?.Options : null;
}
