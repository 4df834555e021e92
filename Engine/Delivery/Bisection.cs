using ClickSink.Engine.Formats;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Delivery;

/// <summary>
/// Finds the rows of a block that the sink refuses. The range is split in halves, again and again, until the messages that are to blame are
/// alone; those are rejected by the pipeline's policy, all others are stored. Each split is persisted before a piece of it is written:
/// after a crash the pieces that are open are written again under their own tokens, and a table that was repaired meanwhile gets no row
/// twice. A cold path: it reads the range again, with a source of its own.
/// </summary>
internal sealed partial class Bisection : IDisposable
{
    /// <summary>
    /// So many messages alone are refused, and not a single row is accepted: then the table is at fault and not the rows.
    /// </summary>
    public const int Enough = 16;

    private readonly PipelinePlan _plan;
    private readonly Func<IMessageSource> _createSource;
    private readonly BlockBuilder _builder;
    private readonly BlockPool _pool;
    private readonly WorkerProgress _progress;
    private readonly ErrorBudget? _budget;
    private readonly ILogger _logger;
    private IMessageSource? _source;

    /// <param name="plan">The plan of the pipeline.</param>
    /// <param name="createSource">Makes a source of its own; the worker's is reading ahead.</param>
    /// <param name="progress">Where rejections and rows are counted.</param>
    /// <param name="budget">Judges how many rejections are too many; null where none are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where rejections are logged.</param>
    public Bisection(
        PipelinePlan plan, Func<IMessageSource> createSource, WorkerProgress progress, ErrorBudget? budget, TimeProvider time,
        ILogger logger)
    {
        _plan = plan;
        _createSource = createSource;
        _pool = new BlockPool(plan.Layout, maxIdle: 1);
        // What the decoder rejects here was counted when it was read first.
        _builder = new BlockBuilder(plan, _pool, new WorkerProgress(time), time, logger) { IsQuiet = true };
        _progress = progress;
        _budget = budget;
        _logger = logger;
    }

    /// <summary>Deals with a range that the sink has refused.</summary>
    /// <param name="whole">The range; its intent is open, and closed when all of it is dealt with.</param>
    /// <param name="refused">How it was refused.</param>
    /// <param name="write">Writes a block, as often as it takes, until it is stored or its rows are refused.</param>
    /// <param name="commit">Persists a change, however long that takes.</param>
    /// <param name="stop">Ends it; what is open stays in the ledger.</param>
    /// <returns>Null when all of it is dealt with. Otherwise why not; then nothing of its rows is stored and its intent is as it
    /// was.</returns>
    /// <exception cref="BudgetExceededException">All of it is dealt with, and too much was rejected.</exception>
    public async Task<string?> RunAsync(
        Intent whole, SinkOutcome refused, Func<SealedBlock, CancellationToken, Task<SinkOutcome>> write, Func<LedgerChange, CancellationToken, Task> commit, CancellationToken stop)
    {
        LogSplits(_plan.Options.Id, whole.Range);
        _builder.Stop = stop;
        var messages = await Task.Run(() => RangeCopy.Read(_source ??= _createSource(), whole.Range, stop), stop);
        if (messages is null) return "Kafka no longer has all of its messages, so it cannot be split to find the row that is to blame";

        // What is in other tables stays there; the pieces are about the rest.
        var rest = whole with { Stored = StoredRoutes.Join(whole.Stored, refused.Stored) };
        var pieces = new Stack<Intent>([rest]);
        var alone = new List<(Intent Piece, CopiedMessage Message, string Reason, bool IsEarly)>();
        var isAccepted = false;
        string? overspent = null;
        while (pieces.TryPop(out var piece))
        {
            var (first, count) = Find(messages, piece.Range);
            // The whole is refused already: that is why we are here.
            var outcome = ReferenceEquals(piece, rest) ? refused : await WriteAsync(piece, messages, first, count, write, stop);
            isAccepted |= outcome.Stored is not null && !ReferenceEquals(piece, rest);
            if (outcome.Kind is SinkOutcomeKind.Done)
            {
                await commit(new LedgerChange { Completed = piece }, stop);
            }
            else if (count > 1)
            {
                var (left, right) = Split(
                    piece with { Stored = StoredRoutes.Join(piece.Stored, outcome.Stored) }, messages[first + (count / 2)].Offset);
                await commit(new LedgerChange { Withdrawn = [piece], Reopened = [left, right] }, stop);
                pieces.Push(right);
                pieces.Push(left);
            }
            else
            {
                alone.Add((
                    piece with { Stored = StoredRoutes.Join(piece.Stored, outcome.Stored) }, messages[first], outcome.Error!, !isAccepted));
            }

            if (!isAccepted && alone.Count >= Enough && pieces.Count > 0)
            {
                await commit(new LedgerChange { Withdrawn = [.. alone.Select(a => a.Piece), .. pieces], Reopened = [rest] }, stop);
                return $"{Enough} of its messages were tried alone, and none was accepted: the table is at fault rather than the rows";
            }

            if (!isAccepted && pieces.Count > 0) continue;
            foreach (var (single, message, reason, isEarly) in alone)
            {
                // Those that waited get another try: the table may have been repaired in the meantime.
                var again = isEarly && isAccepted ? await WriteAsync(single, [message], 0, 1, write, stop) : SinkOutcome.Refused(reason);
                if (again.Kind is SinkOutcomeKind.Done)
                {
                    await commit(new LedgerChange { Completed = single }, stop);
                    continue;
                }

                var tried = single with { Stored = StoredRoutes.Join(single.Stored, again.Stored) };
                overspent = await RejectAsync(tried, message, again.Error!, write, commit, stop) ?? overspent;
            }

            alone.Clear();
        }

        return overspent is null ? null : throw new BudgetExceededException(overspent);
    }

    /// <summary>Ends its source.</summary>
    public void Dispose()
    {
        _source?.Dispose();
        _builder.Dispose();
        _pool.Dispose();
    }

    private static (Intent Left, Intent Right) Split(Intent piece, long at) =>
        (piece with { Range = piece.Range with { To = at - 1 } }, piece with { Range = piece.Range with { From = at } });

    // By messages, not by offsets: a compacted topic has gaps.
    private static (int First, int Count) Find(List<CopiedMessage> messages, BlockRange range)
    {
        var first = IndexOf(messages, range.From);
        return (first, IndexOf(messages, range.To + 1) - first);
    }

    // Of the first message at an offset or behind it.
    private static int IndexOf(List<CopiedMessage> messages, long offset)
    {
        var (low, high) = (0, messages.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (messages[middle].Offset < offset) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <returns>How it ended; <see cref="SinkOutcome.Stored"/> is not null if rows of it are stored.</returns>
    private async Task<SinkOutcome> WriteAsync(
        Intent piece, List<CopiedMessage> messages, int first, int count, Func<SealedBlock, CancellationToken, Task<SinkOutcome>> write, CancellationToken stop)
    {
        using var block = Decode(piece, messages, first, count);
        if (block.IsEmpty) return SinkOutcome.Done;
        var outcome = await write(block, stop);
        if (outcome.Kind is SinkOutcomeKind.Refused) return outcome;
        _progress.Wrote(block);
        return block.RowCount > 0 ? outcome with { Stored = "" } : outcome;
    }

    private SealedBlock Decode(Intent piece, List<CopiedMessage> messages, int first, int count)
    {
        var open = new OpenBlock(piece.Range.Partition, piece.Range.From);
        for (var i = first; i < first + count; i++)
        {
            var message = messages[i].Message;
            _builder.TryAdd(open, in message, now: 0);
        }

        return _builder.Seal(open, piece);
    }

    private SealedBlock Refuse(Intent rejected, CopiedMessage copy)
    {
        var open = new OpenBlock(rejected.Range.Partition, rejected.Range.From);
        var message = copy.Message;
        _builder.Refuse(open, in message, rejected, now: 0);
        return _builder.Seal(open, rejected);
    }

    private async Task<string?> RejectAsync(
        Intent piece, CopiedMessage copy, string reason, Func<SealedBlock, CancellationToken, Task<SinkOutcome>> write, Func<LedgerChange, CancellationToken, Task> commit, CancellationToken stop)
    {
        // Persisted as rejected before the letter is stored: the table may be repaired before a successor comes to it, and the row would
        // then be in both.
        var rejected = piece with { Refusal = reason };
        await commit(new LedgerChange { Withdrawn = [piece], Reopened = [rejected] }, stop);
        using (var block = Refuse(rejected, copy))
        {
            // Without rows there is nothing to refuse.
            if (!block.IsEmpty) await write(block, stop);
        }

        await commit(new LedgerChange { Completed = rejected }, stop);
        var where = $"{_plan.Topic}[{piece.Range.Partition}] offset {copy.Offset}: {reason}";
        _progress.Rejected(1, where);
        LogRejected(_plan.Options.Id, where, _plan.Options.Errors.Policy);
        return _budget?.RejectCounted(new RowFault(reason, null, null, null), where);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Pipeline {Pipeline}: the sink refuses rows of {Range}; the range is split to find them")]
    private partial void LogSplits(string pipeline, BlockRange range);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pipeline {Pipeline}: the sink refuses {Where} (policy {Policy})")]
    private partial void LogRejected(string pipeline, string where, ErrorPolicy policy);
}
