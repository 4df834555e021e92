using System.Threading.Channels;
using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Delivery;

/// <summary>The second stage of a worker: intend, write, checkpoint, one block after the other, each as often as it takes.</summary>
internal sealed partial class WriteLoop
{
    private readonly PipelinePlan _plan;
    private readonly ISink _sink;
    private readonly ILedger _ledger;
    private readonly IMessageSource _source;
    private readonly ChannelReader<SealedBlock> _handover;
    private readonly WorkerProgress _progress;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _drain;
    private readonly InsertPace? _pace;

    /// <param name="plan">The plan of the pipeline.</param>
    /// <param name="sink">Where blocks go.</param>
    /// <param name="ledger">Where progress is persisted.</param>
    /// <param name="source">Where progress is shown.</param>
    /// <param name="handover">Where blocks come from.</param>
    /// <param name="progress">What the status is made from.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where trouble is logged.</param>
    /// <param name="drain">Ends the wait for somebody who repairs something: the stop or the new version may be that repair.</param>
    public WriteLoop(
        PipelinePlan plan, ISink sink, ILedger ledger, IMessageSource source, ChannelReader<SealedBlock> handover, WorkerProgress progress, TimeProvider time, ILogger logger,
        CancellationToken drain)
    {
        _drain = drain;
        _plan = plan;
        _sink = sink;
        _ledger = ledger;
        _source = source;
        _handover = handover;
        _progress = progress;
        _time = time;
        _logger = logger;
        if (plan.Options.Delivery.MaxInsertsPerSecond is { } perSecond) _pace = new InsertPace(perSecond, time);
    }

    /// <summary>Whether it ends by <see cref="RefusedException"/> instead of waiting for a repair.</summary>
    public bool EndWhenRefused { get; init; }

    /// <summary>Finds rows that the sink refuses; null where the policy is to stop in front of them.</summary>
    public Bisection? Bisection { get; init; }

    /// <summary>Opens the sink, however long that takes.</summary>
    public async Task OpenAsync(CancellationToken abort)
    {
        await AttemptAsync(_sink.OpenAsync, "open", abort);
        _progress.Opened(_sink.Guarantee);
    }

    /// <summary>Writes blocks until the reading stage is done and everything is written.</summary>
    /// <param name="abort">Ends it at once; what was intended stays in the ledger.</param>
    /// <exception cref="LedgerLostException">Another owner has taken over.</exception>
    public async Task RunAsync(CancellationToken abort)
    {
        Intent? completed = null;
        while (await _handover.WaitToReadAsync(abort))
        {
            while (_handover.TryRead(out var block))
            {
                using (block)
                {
                    // 5. Intend: the range is persisted before the first attempt to write it, in one step with the checkpoint of the block before.
                    await CommitAsync(Intend(block, completed), abort);
                    Checkpointed(completed);
                    // 6. Write: under a token made from the range, again and again until it is stored, or is settled in pieces.
                    var isSettled = !block.IsEmpty && await StoreAsync(block, abort);
                    if (!isSettled) _progress.Wrote(block);
                    completed = isSettled || (block.IsEmpty && !block.IsRecovered) ? null : block.Intent;
                    if (completed is null) Checkpointed(block.Intent);
                }

                // 7. Checkpoint: with the next intent if there is one already, otherwise now.
                if (completed is null || _handover.TryPeek(out _)) continue;
                await CommitAsync(new LedgerChange { Completed = completed }, abort);
                Checkpointed(completed);
                completed = null;
            }
        }
    }

    /// <summary>Persists a change, however long that takes.</summary>
    /// <exception cref="LedgerLostException">Another owner has taken over.</exception>
    public async Task CommitAsync(LedgerChange change, CancellationToken abort)
    {
        var backoff = new Backoff(_plan.Options.Delivery.RetryInitial, _plan.Options.Delivery.RetryMax);
        while (true)
        {
            try
            {
                await _ledger.CommitAsync(change, abort);
                if (backoff.Attempts > 0) _progress.ReportWriting(WorkerPhase.Running, null);
                return;
            }
            catch (LedgerUnavailableException e)
            {
                _progress.ReportWriting(WorkerPhase.Retrying, e.Message);
                LogRetry(_plan.Options.Id, "store of progress", e.Message);
                await Task.Delay(backoff.Next(), _time, abort);
            }
        }
    }

    private static LedgerChange Intend(SealedBlock block, Intent? completed) => new()
    {
        Completed = completed,
        Opened = block.IsEmpty || block.IsRecovered ? null : block.Intent,
        Moved = block.IsEmpty && !block.IsRecovered ? [new PartitionOffset(block.Range.Partition, block.Range.To + 1)] : [],
    };

    private void Checkpointed(Intent? completed)
    {
        if (completed is null or { Aside: true }) return;
        var position = new PartitionOffset(completed.Range.Partition, completed.Range.To + 1);
        _progress.Moved(position.Partition, position.Offset);
        _source.Commit([position]);
    }

    /// <returns>Whether it was settled in pieces, and is checkpointed already.</returns>
    private async Task<bool> StoreAsync(SealedBlock block, CancellationToken abort)
    {
        var backoff = new Backoff(_plan.Options.Delivery.RetryInitial, _plan.Options.Delivery.RetryMax);
        while (await TryWriteAsync(block, abort) is { Kind: SinkOutcomeKind.Refused } refusal)
        {
            if (await Bisection!.RunAsync(block.Intent, refusal, TryWriteAsync, CommitAsync, abort) is not { } why) return true;
            var error = $"sink {_sink.Name}: {refusal.Error} ({why})";
            _progress.ReportWriting(WorkerPhase.Blocked, error);
            if (backoff.Attempts == 0) LogBlocked(_plan.Options.Id, block.Token, error);
            if (EndWhenRefused) throw new RefusedException(error);
            await Task.Delay(backoff.Next(), _time, _drain);
        }

        return false;
    }

    /// <returns>That it is stored; or that its rows are refused, if there is a policy for that.</returns>
    private async Task<SinkOutcome> TryWriteAsync(SealedBlock block, CancellationToken abort)
    {
        if (_pace is not null) await _pace.WaitAsync(block.Parts.Count(part => part.Rows.Rows > 0) + (block.DeadLetters.Count > 0 ? 1 : 0), abort);
        var outcome = await AttemptAsync(c => _sink.WriteAsync(block, c), block.Token, abort, returnRefusals: Bisection is not null);
        _progress.Advise(_sink.Advice);
        return outcome;
    }

    private async Task<SinkOutcome> AttemptAsync(Func<CancellationToken, ValueTask<SinkOutcome>> attempt, string what, CancellationToken abort, bool returnRefusals = false)
    {
        var backoff = new Backoff(_plan.Options.Delivery.RetryInitial, _plan.Options.Delivery.RetryMax);
        string? lastLogged = null;
        while (true)
        {
            var outcome = await attempt(abort);
            if (outcome.Kind is SinkOutcomeKind.Done || (returnRefusals && outcome.Kind is SinkOutcomeKind.Refused))
            {
                if (backoff.Attempts > 0) LogOvercome(_plan.Options.Id, _sink.Name, what, backoff.Attempts);
                _progress.ReportWriting(WorkerPhase.Running, null);
                return outcome;
            }

            var error = $"sink {_sink.Name}: {outcome.Error}";
            var isBlocked = outcome.Kind is SinkOutcomeKind.Blocked or SinkOutcomeKind.Refused;
            _progress.ReportWriting(isBlocked ? WorkerPhase.Blocked : WorkerPhase.Retrying, error);
            if (error != lastLogged && isBlocked) LogBlocked(_plan.Options.Id, what, error);
            else if (error != lastLogged) LogRetry(_plan.Options.Id, what, error);
            lastLogged = error;
            if (isBlocked && EndWhenRefused) throw new RefusedException(error);
            await Task.Delay(backoff.Next(), _time, isBlocked ? _drain : abort);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pipeline {Pipeline}, {What}: {Error}. Nothing is lost; it is tried again")]
    private partial void LogRetry(string pipeline, string what, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Pipeline {Pipeline} is blocked at {What}: {Error}. Nothing is lost; it goes on by itself after the repair")]
    private partial void LogBlocked(string pipeline, string what, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline}, sink {Sink}: {What} succeeded after {Attempts} repeated attempts")]
    private partial void LogOvercome(string pipeline, string sink, string what, int attempts);
}
