using System.Text.Json;
using ClickSink.Engine.Delivery;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Replicas;

/// <summary>Makes the status of a replica from its ledger and its worker's snapshot.</summary>
internal static class ReplicaStatusView
{
    public static ReplicaStatus Make(int slot, string silo, ReplicaState state, WorkerSnapshot? worker, bool runs, DateTimeOffset since, string? planFault)
    {
        var ends = worker?.Partitions.ToDictionary(p => p.Partition, p => p.EndOffset) ?? [];
        return new ReplicaStatus
        {
            Slot = slot,
            Silo = silo,
            Epoch = state.Epoch,
            Drained = state.Drained,
            Phase = planFault is not null ? PipelinePhase.Faulted : PhaseOf(worker, runs),
            Error = planFault ?? worker?.Error,
            ErrorSince = worker?.ErrorSince,
            Since = runs ? since : null,
            RowsWritten = worker?.RowsWritten ?? 0,
            BytesWritten = worker?.BytesWritten ?? 0,
            BlocksWritten = worker?.BlocksWritten ?? 0,
            RowsPerSecond = worker?.RowsPerSecond ?? 0,
            RecordsRejected = worker?.RecordsRejected ?? 0,
            LastRejection = worker?.LastRejection,
            Advice = worker?.Advice,
            Guarantee = worker?.Guarantee is { } guarantee ? JsonNamingPolicy.CamelCase.ConvertName(guarantee.Level.ToString()) : null,
            GuaranteeReason = worker?.Guarantee?.Reason,
            NewColumns = [.. (worker?.NewColumns ?? []).Select(c => new NewColumn { Name = c.Name, Type = c.Type, Path = c.Path ?? c.Name })],
            Partitions = [.. state.Partitions.Select(p => p with { EndOffset = ends.GetValueOrDefault(p.Partition, -1) })],
        };
    }

    private static PipelinePhase PhaseOf(WorkerSnapshot? worker, bool runs) => worker?.Phase switch
    {
        null => PipelinePhase.Stopped,
        WorkerPhase.Starting => PipelinePhase.Starting,
        WorkerPhase.Recovering => PipelinePhase.Recovering,
        WorkerPhase.Running => PipelinePhase.Running,
        WorkerPhase.Draining => PipelinePhase.Draining,
        WorkerPhase.Retrying or WorkerPhase.Crashed => PipelinePhase.Retrying,
        WorkerPhase.Blocked => PipelinePhase.Blocked,
        WorkerPhase.Faulted => PipelinePhase.Faulted,
        // Until the next version is there, a second or two later.
        WorkerPhase.Outgrown => PipelinePhase.Draining,
        // It has said that it ended but its thread is not gone yet.
        WorkerPhase.Stopped or WorkerPhase.Fenced or WorkerPhase.Refused when runs => PipelinePhase.Draining,
        _ => PipelinePhase.Stopped,
    };
}
