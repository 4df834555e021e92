using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Pipelines;

/// <summary>Makes the status of a pipeline from those of its replicas.</summary>
internal static class PipelineStatusView
{
    public static PipelineStatus Make(string id, PipelineState state, IReadOnlyCollection<ReplicaStatus> replicas, string? trouble)
    {
        var phase = PhaseOf(state, replicas, trouble);
        var worst = replicas.Where(r => r.Error is not null).MaxBy(r => Severity(r.Phase));
        var guarantee = replicas.FirstOrDefault(r => r.GuaranteeReason is not null) ?? replicas.FirstOrDefault(r => r.Guarantee is not null);
        return new PipelineStatus
        {
            Id = id,
            Phase = phase,
            Running = state.Running,
            Version = state.Versions[^1].Number,
            Error = trouble ?? worst?.Error,
            ErrorSince = trouble is null ? worst?.ErrorSince : null,
            RowsWritten = replicas.Sum(r => r.RowsWritten),
            RowsPerSecond = replicas.Sum(r => r.RowsPerSecond),
            LagRecords = LagOf([.. replicas.SelectMany(r => r.Partitions)]),
            RecordsRejected = replicas.Sum(r => r.RecordsRejected),
            LastRejection = replicas.FirstOrDefault(r => r.LastRejection is not null)?.LastRejection,
            Advice = replicas.FirstOrDefault(r => r.Advice is not null)?.Advice,
            Guarantee = guarantee?.Guarantee,
            GuaranteeReason = guarantee?.GuaranteeReason,
            Generation = state.Generation,
            Epoch = state.Epoch,
            Replicas = [.. replicas],
            Wanted = state.Wanted,
            ReplicasWanted = state.Replicas,
            Positions = state.Assignment is null ? [.. state.Positions] : [],
            PendingRewind = state.Rewind?.Describe(),
        };
    }

    private static PipelinePhase PhaseOf(PipelineState state, IReadOnlyCollection<ReplicaStatus> replicas, string? trouble)
    {
        if (state.Rewind is not null && trouble is null) return state.Assignment is null ? PipelinePhase.Rewinding : PipelinePhase.Draining;
        if (trouble is not null && (state.Running || state.Rewind is not null)) return PipelinePhase.Retrying;
        if (!state.Running && state.Assignment is not null) return PipelinePhase.Draining;
        if (!state.Running) return state.Paused ? PipelinePhase.Paused : PipelinePhase.Stopped;
        return replicas.Count == 0 ? PipelinePhase.Starting : replicas.MaxBy(r => Severity(r.Phase))!.Phase;
    }

    // Not known as long as it is not known of each partition: a sum over some of them would pass for "all is stored".
    private static long LagOf(IReadOnlyList<PartitionProgress> partitions) =>
        partitions.Count == 0 || partitions.Any(p => p.EndOffset < 0 || p.NextOffset < 0) ? -1 : partitions.Sum(p => Math.Max(0, p.EndOffset - p.NextOffset));

    // What an operator wants to see first. A replica that is stopped while the pipeline runs is about to start.
    private static int Severity(PipelinePhase phase) => phase switch
    {
        PipelinePhase.Faulted => 7,
        PipelinePhase.Blocked => 6,
        PipelinePhase.Retrying => 5,
        PipelinePhase.Recovering => 4,
        PipelinePhase.Starting or PipelinePhase.Stopped => 3,
        PipelinePhase.Draining => 2,
        _ => 1,
    };
}
