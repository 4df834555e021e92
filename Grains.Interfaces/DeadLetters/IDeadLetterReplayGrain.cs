using Orleans.Concurrency;

namespace ClickSink.Grains.Interfaces.DeadLetters;

/// <summary>
/// Replays the dead letters of one pipeline; the key is its id. A replay is persisted, one at a time, and goes on after a crash with
/// exactly the letters that it had in hand. It runs beside the pipeline, which need not be started.
/// </summary>
[Alias("clicksink.IDeadLetterReplayGrain")]
public interface IDeadLetterReplayGrain : IGrainWithStringKey
{
    /// <summary>Begins a replay.</summary>
    [Alias("Start")]
    Task<ReplayResult> StartAsync(ReplayRequest request, CancellationToken cancellation = default);

    /// <summary>The replay that runs, or the last one; null when there was none.</summary>
    [Alias("GetStatus")]
    [AlwaysInterleave]
    Task<ReplayStatus?> GetStatusAsync(CancellationToken cancellation = default);

    /// <summary>Ends a replay after the chunk in hand.</summary>
    /// <returns>False when none runs.</returns>
    [Alias("Cancel")]
    Task<bool> CancelAsync(string by, CancellationToken cancellation = default);
}
