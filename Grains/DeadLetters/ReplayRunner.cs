using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using ClickSink.Grains.Interfaces.DeadLetters;
using ClickSink.Grains.Interfaces.Pipelines;
using Microsoft.Extensions.Logging;

namespace ClickSink.Grains.DeadLetters;

/// <summary>
/// The loop of a replay, outside the grain's turns: take letters in hand and persist which, write them, settle them, go on after them.
/// Trouble is tried again for ever, as that of a pipeline is.
/// </summary>
internal sealed partial class ReplayRunner
{
    /// <summary>Letters of a chunk at most: one insert, and a query that names each of them.</summary>
    public const int MaxSize = 2000;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly string _pipeline;
    private readonly IReplayBook _book;
    private readonly Func<int, CancellationToken, Task<StoredDocument?>> _documents;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private LetterReplay? _replay;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="book">The persisted state.</param>
    /// <param name="documents">Looks up a version of the document, 0 for the present one; null when it or the pipeline is gone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where trouble is logged.</param>
    public ReplayRunner(
        string pipeline, IReplayBook book, Func<int, CancellationToken, Task<StoredDocument?>> documents, TimeProvider time, ILogger logger)
    {
        _pipeline = pipeline;
        _book = book;
        _documents = documents;
        _time = time;
        _logger = logger;
    }

    /// <summary>What keeps it from going on; null while nothing does.</summary>
    public string? Error { get; private set; }

    /// <summary>Runs until the replay is over, or it is told to stop or was replaced; then it can be gone on with elsewhere.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var wait = ShortestWait;
        try
        {
            while (_book.State.IsOpen)
            {
                var error = await TryStepAsync(stop);
                if (error is not null && error != Error) LogTrouble(_pipeline, error);
                Error = error;
                if (error is null)
                {
                    wait = ShortestWait;
                    continue;
                }

                await Task.Delay(wait, _time, stop);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The silo stops, or the activation ends: what is in hand is persisted.
        }
        catch (LedgerLostException e)
        {
            LogTrouble(_pipeline, e.Message);
        }
        finally
        {
            if (_replay is not null) await _replay.DisposeAsync();
        }
    }

    private async Task<string?> TryStepAsync(CancellationToken stop)
    {
        try
        {
            return await StepAsync(stop);
        }
        catch (Exception e) when (e is not (OperationCanceledException or LedgerLostException))
        {
            // A silo or PostgreSQL that does not answer. Nothing is lost: the same step comes again.
            return e.Message;
        }
    }

    private async Task<string?> StepAsync(CancellationToken stop)
    {
        var state = _book.State;
        if (state is { Phase: ReplayPhase.Cancelling, Keys.Count: 0 }) return await EndAsync(ReplayPhase.Cancelled, stop);
        var stored = await _documents(state.Keys.Count == 0 ? 0 : state.Version, stop);
        if (stored is null) return await EndAsync(ReplayPhase.Cancelled, stop);
        if (await OpenAsync(stored) is not { } replay)
        {
            var fault = $"version {stored.Version} of the document breaks a rule of this release, or keeps no dead letters in a table; put a corrected one in place";
            return stored.Version == stored.PresentVersion ? fault : await UsePresentAsync(state, stored, fault, stop);
        }

        return state.Keys.Count == 0 ? await TakeAsync(state, replay, stop) : await WriteAsync(state, stored, replay, stop);
    }

    private async Task<string?> TakeAsync(ReplayState state, LetterReplay replay, CancellationToken stop)
    {
        var filter = Filters.Of(state.Selection!);
        if (filter.Until is null || filter.Until > state.AsOf) filter = filter with { Until = state.AsOf };
        var size = state.Size == 0 ? MaxSize : state.Size;
        var (outcome, keys) = await replay.NextAsync(filter, state.After is { } after ? (after.Partition, after.Offset) : null, size, stop);
        if (outcome.Kind is not SinkOutcomeKind.Done) return outcome.Error;
        if (keys.Count == 0) return await EndAsync(ReplayPhase.Done, stop);
        List<ReplayKey> taken = [.. keys.Select(k => new ReplayKey { Partition = k.Partition, Offset = k.Offset, Version = k.Version })];
        await _book.CommitAsync(s => s with { Chunk = s.Chunk + 1, Keys = taken, Version = replay.Version }, stop);
        return null;
    }

    private async Task<string?> WriteAsync(ReplayState state, StoredDocument stored, LetterReplay replay, CancellationToken stop)
    {
        var written = await replay.WriteAsync(
            state.Job, state.Chunk, [.. state.Keys.Select(k => new LetterKey(k.Partition, k.Offset, k.Version))], stop);
        var half = (state.Keys.Count + 1) / 2;
        switch (written.Outcome.Kind)
        {
            case SinkOutcomeKind.Done when ReferenceEquals(written, ReplayedChunk.Retake):
                await _book.CommitAsync(s => s with { Keys = [], Size = half }, stop);
                return null;
            case SinkOutcomeKind.Done:
                await _book.CommitAsync(
                    s => s with
                    {
                        After = s.Keys[^1],
                        Keys = [],
                        Size = s.Size is 0 or >= MaxSize / 2 ? 0 : s.Size * 2,
                        Replayed = s.Replayed + written.Replayed,
                        Rejected = s.Rejected + written.Rejected,
                    },
                    stop);
                return null;
            case SinkOutcomeKind.Refused:
                // Nothing of it is stored: half of it under another token, until the row that is to blame is alone.
                await _book.CommitAsync(s => s with { Chunk = s.Chunk + 1, Keys = [.. s.Keys.Take(half)], Size = half }, stop);
                return null;
            case SinkOutcomeKind.Blocked when stored.Version != stored.PresentVersion:
                return await UsePresentAsync(state, stored, written.Outcome.Error!, stop);
            default:
                return written.Outcome.Error;
        }
    }

    // The edit may be the repair. Under the same token: if the first attempt did arrive, this one is dropped.
    private async Task<string?> UsePresentAsync(ReplayState state, StoredDocument stored, string error, CancellationToken stop)
    {
        if (state.Keys.Count == 0) return error;
        await _book.CommitAsync(s => s with { Version = stored.PresentVersion }, stop);
        return null;
    }

    private async Task<string?> EndAsync(ReplayPhase phase, CancellationToken stop)
    {
        await _book.CommitAsync(s => s with { Phase = phase, Keys = [], EndedAt = _time.GetUtcNow() }, stop);
        return null;
    }

    private async Task<LetterReplay?> OpenAsync(StoredDocument stored)
    {
        if (_replay?.Version == stored.Version) return _replay;
        if (_replay is not null) await _replay.DisposeAsync();
        _replay = null;
        if (PipelineDocument.Read(stored.Document, new FaultList())?.Options is not { } options || options.Errors.DeadLetters is { Table: null, Topic: not null }) return null;
        return _replay = new LetterReplay(options, stored.Version, _time, _logger);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Replay of the dead letters of {Pipeline}: {Error}. It is tried again")]
    private partial void LogTrouble(string pipeline, string error);
}
