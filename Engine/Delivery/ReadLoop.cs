using System.Threading.Channels;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;

namespace ClickSink.Engine.Delivery;

/// <summary>
/// The first stage of a worker, on a thread of its own: fetch, decode, seal, hand over. The hand-over is bounded, so a slow sink stops this loop, and with
/// it the fetch.
/// </summary>
internal sealed class ReadLoop
{
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private readonly PipelinePlan _plan;
    private readonly IMessageSource _source;
    private readonly BlockBuilder _builder;
    private readonly BlockPool _pool;
    private readonly ChannelWriter<SealedBlock> _handover;
    private readonly WorkerProgress _progress;
    private readonly TimeProvider _time;
    private readonly SourceProbe _probe;
    private readonly Dictionary<int, OpenBlock> _open = [];
    private readonly Action<string>? _onLost;
    private bool _hasJumped;

    public ReadLoop(PipelinePlan plan, IMessageSource source, BlockBuilder builder, BlockPool pool, ChannelWriter<SealedBlock> handover, WorkerProgress progress, TimeProvider time, Action<string>? onLost)
    {
        _onLost = onLost;
        _plan = plan;
        _source = source;
        _builder = builder;
        _pool = pool;
        _handover = handover;
        _progress = progress;
        _time = time;
        _probe = new SourceProbe(plan, source, progress);
    }

    /// <summary>Reads until told to stop.</summary>
    /// <param name="positions">Partitions and the offset that each goes on from.</param>
    /// <param name="drain">Ends the fetch; what is open is sealed and handed over.</param>
    /// <param name="abort">Ends everything at once.</param>
    /// <returns>Null when it was told to stop; otherwise why it had to.</returns>
    public string? Run(IReadOnlyList<PartitionOffset> positions, CancellationToken drain, CancellationToken abort)
    {
        if (positions.Count == 0) return null;
        foreach (var position in positions) _open[position.Partition] = new OpenBlock(position.Partition, position.Offset);
        using var interrupt = drain.Register(_source.Interrupt);
        _source.Assign(positions);
        _builder.WhileWaiting = () => SealAged(abort);
        string? fault = null;
        while (fault is null && !drain.IsCancellationRequested && !abort.IsCancellationRequested)
        {
            // 1. Fetch: a batch of messages, in native memory.
            var count = _source.Poll(TimeUntilNextSeal());
            var now = _time.GetTimestamp();
            _hasJumped = false;
            var at = 0;
            try
            {
                for (; at < count && fault is null && !_hasJumped; at++) fault = Take(at, now, abort);
            }
            catch (OperationCanceledException) when (drain.IsCancellationRequested)
            {
                // Told to stop while a message waited for its schema: what is before it is handed over as at any stop.
                break;
            }

            if (_builder.HasOutgrown) LookAhead(at, count);
            if (count == 0) Idle();
            SealAged(abort);
        }

        if (abort.IsCancellationRequested)
        {
            foreach (var open in _open.Values) _builder.Drop(open);
            return fault;
        }

        foreach (var open in _open.Values) HandOver(open, abort);
        return fault;
    }

    // Cold: what is in the batch behind the first message with new fields tells of which type they are, and which others come.
    private void LookAhead(int from, int count)
    {
        for (var i = from; i < count; i++)
        {
            if (_source.Read(i, out var message, out _) is SourceEntryKind.Message) _builder.LookAhead(in message);
        }
    }

    private string? Take(int index, long now, CancellationToken abort)
    {
        switch (_source.Read(index, out var message, out var error))
        {
            case SourceEntryKind.Message:
                _progress.ReportReading(null);
                if (!_open.TryGetValue(message.Partition, out var open) || message.Offset < open.NextOffset) return null;
                // 2. Decode: one pass over the bytes, into typed columns. 3. Transform: each row of the message, on the columns.
                if (_builder.TryAdd(open, in message, now) is { } fault) return fault;
                // 4. Seal: by rows and bytes here, by time after the batch.
                if (open.Rows!.Rows >= _plan.Options.Delivery.MaxRows || open.Bytes >= _plan.MaxBlockBytes) HandOver(open, abort);
                return null;
            case SourceEntryKind.OffsetOutOfRange:
                return TryJump(message.Partition, error, abort);
            case SourceEntryKind.EndOfPartition:
                _progress.ReportReading(null);
                return null;
            default:
                _progress.ReportReading(error);
                return null;
        }
    }

    // Cold. The range that is left out is handed over as a block without rows, so that the jump is persisted in order with what was read before it: the end of a
    // topic, looked up again after a crash, would be another one.
    private string? TryJump(int partition, string? error, CancellationToken abort)
    {
        var fault = $"Kafka no longer has the offset to go on from: {error}. Rewind the pipeline to choose where to go on, or set source.kafka.onLostOffsets";
        var policy = _plan.Options.Source.Kafka!.OnLostOffsets;
        if (policy is LostOffsetPolicy.Fail || !_open.TryGetValue(partition, out var open)) return fault;
        try
        {
            var (first, end) = _source.QueryBounds(partition, QueryTimeout);
            if (open.NextOffset > end)
                return $"{_plan.Topic}[{partition}] ends at offset {end} and {open.NextOffset} is to be read next: the topic was made anew or cut. Rewind the pipeline to choose where to go on";
            HandOver(open, abort);
            var from = open.NextOffset;
            var to = policy is LostOffsetPolicy.Earliest ? first : end;
            if (to > from)
            {
                open.SkipTo(to);
                HandOver(open, abort);
                _onLost?.Invoke($"{_plan.Topic}[{partition}]: offsets {from} to {to - 1} were {(first > from ? "no longer in Kafka" : "left out")}; reading went on at {to} (source.kafka.onLostOffsets)");
            }
        }
        catch (SourceUnavailableException e)
        {
            // Asked again when the source says again that the offset is gone.
            _progress.ReportReading(e.Message);
        }

        _source.Assign([.. _open.Values.Select(o => new PartitionOffset(o.Partition, o.NextOffset))]);
        _hasJumped = true;
        return null;
    }

    private void SealAged(CancellationToken abort)
    {
        long total = 0;
        OpenBlock? largest = null;
        foreach (var open in _open.Values)
        {
            if (!open.HasMessages) continue;
            if (_time.GetElapsedTime(open.OpenedAt) >= _plan.Options.Delivery.MaxWait)
            {
                HandOver(open, abort);
                continue;
            }

            total += open.Bytes;
            if (largest is null || open.Bytes > largest.Bytes) largest = open;
        }

        if (total > _plan.MaxOpenBytes) HandOver(largest!, abort);
    }

    private void HandOver(OpenBlock open, CancellationToken abort)
    {
        if (!open.HasMessages) return;
        var block = _builder.Seal(open);
        try
        {
            _handover.WriteAsync(block, abort).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            // The writing stage ended; its own outcome says why. The range was not intended, so nothing of it is lost.
            block.Dispose();
        }
    }

    private TimeSpan TimeUntilNextSeal()
    {
        var wait = LongestWait;
        foreach (var open in _open.Values)
        {
            if (!open.HasMessages) continue;
            var left = _plan.Options.Delivery.MaxWait - _time.GetElapsedTime(open.OpenedAt);
            if (left < wait) wait = left;
        }

        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private void Idle()
    {
        _pool.Trim();
        _probe.Ask(_open.Keys.First());
    }
}
