using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A timer of an activation. Disposing it stops it and cancels the token of a running callback.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Starts it anew. During a callback this takes effect when the callback ends.</summary>
    /// <param name="dueTime">Until the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">From the end of a tick to the next one; <see cref="Timeout.InfiniteTimeSpan"/> for one tick only.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>When a timer ticks, and what its ticks do to the activation.</summary>
public readonly struct GrainTimerCreationOptions
{
    /// <summary>Makes options; both times must be set.</summary>
    public GrainTimerCreationOptions()
    {
    }

    /// <summary>Makes options.</summary>
    /// <param name="dueTime">Until the first tick.</param>
    /// <param name="period">From the end of a tick to the next one.</param>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) => (DueTime, Period) = (dueTime, period);

    /// <summary>Until the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of a tick to the next one; <see cref="Timeout.InfiniteTimeSpan"/> for one tick only.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether a tick may run while a call awaits. Default: no, it waits its turn like a call.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a tick counts as use, so that the activation is not collected. Default: no.</summary>
    public bool KeepAlive { get; init; }
}
