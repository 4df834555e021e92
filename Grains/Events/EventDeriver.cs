using System.Globalization;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Events;

/// <summary>Tells what happened to a replica from what was seen before and what is seen now. No state, no clock: the same two always give the same events.</summary>
internal static class EventDeriver
{
    /// <summary>Compares.</summary>
    /// <param name="before">What was seen before.</param>
    /// <param name="now">The status now.</param>
    /// <param name="at">When that is.</param>
    /// <param name="tell">Receives kind and detail of each event, in order.</param>
    /// <returns>What to compare the next status with.</returns>
    public static ReplicaSighting Derive(ReplicaSighting before, ReplicaStatus now, DateTimeOffset at, Action<EventKind, string> tell)
    {
        if (now.IsAway) return before with { IsAway = true };
        if (before.Silo.Length > 0 && now.Silo != before.Silo)
        {
            if (before.IsAway) tell(EventKind.FailedOver, $"{before.Silo} did not answer");
            else tell(EventKind.Moved, $"from {before.Silo}");
        }

        return DeriveTrouble(before with { Silo = now.Silo, IsAway = false }, now, at, tell);
    }

    /// <summary>Says how long something took, as people do.</summary>
    public static string Describe(TimeSpan took) => took < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, took.TotalSeconds):0.0} s")
        : took.ToString(took < TimeSpan.FromDays(1) ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static ReplicaSighting DeriveTrouble(ReplicaSighting before, ReplicaStatus now, DateTimeOffset at, Action<EventKind, string> tell)
    {
        if (now.Phase is PipelinePhase.Running)
        {
            if (before.Trouble is { } overcome) tell(EventKind.Recovered, $"{overcome.ToString().ToLowerInvariant()} for {Describe(at - before.TroubleSince)}");
            return before with { Trouble = null };
        }

        // Between two troubles, or after one, a replica starts and drains: that alone says nothing.
        if (KindOf(now.Phase) is not { } kind || now.Error is null) return before;
        var since = now.ErrorSince ?? at;
        // Told once, at its beginning, and again when it gets worse. A fault that was started again in vain is a new one.
        var isNews = before.Trouble is null || kind > before.Trouble || (kind is EventKind.Faulted && now.ErrorSince > before.TroubleSince);
        if (!isNews) return before;
        tell(kind, now.Error);
        return before with { Trouble = kind, TroubleSince = before.Trouble is null || kind is EventKind.Faulted ? since : before.TroubleSince };
    }

    private static EventKind? KindOf(PipelinePhase phase) => phase switch
    {
        PipelinePhase.Retrying => EventKind.Retrying,
        PipelinePhase.Blocked => EventKind.Blocked,
        PipelinePhase.Faulted => EventKind.Faulted,
        _ => null,
    };
}
