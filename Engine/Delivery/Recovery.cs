using ClickSink.Engine.Sources;

namespace ClickSink.Engine.Delivery;

/// <summary>
/// Reads again exactly the ranges that were intended when the former owner ended. Whether they were written is not known; under the same tokens it does not
/// matter.
/// </summary>
internal sealed class Recovery
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);

    private readonly IMessageSource _source;
    private readonly BlockBuilder _builder;
    private readonly WorkerProgress _progress;
    private readonly SourceProbe _probe;
    private readonly TimeProvider _time;

    // The batch in hand and how much of it is taken: ranges that follow one another are read in one go.
    private int _count;
    private int _at;

    public Recovery(PipelinePlan plan, IMessageSource source, BlockBuilder builder, WorkerProgress progress, TimeProvider time)
    {
        _source = source;
        _builder = builder;
        _progress = progress;
        _time = time;
        _probe = new SourceProbe(plan, source, progress);
    }

    /// <summary>Reads the ranges, one after the other.</summary>
    /// <param name="intents">The open intents, all of the version that the builder decodes with.</param>
    /// <param name="handOver">Takes each block as it is complete.</param>
    /// <param name="stop">Ends it; the intents stay open.</param>
    /// <returns>Null when all were handed over or it was stopped; otherwise why it cannot go on.</returns>
    public string? Run(IReadOnlyList<Intent> intents, Action<SealedBlock> handOver, CancellationToken stop)
    {
        BlockRange? before = null;
        foreach (var intent in intents.OrderBy(i => i.Range.Partition).ThenBy(i => i.Range.From))
        {
            var open = new OpenBlock(intent.Range.Partition, intent.Range.From);
            // Seeking costs a fetch that is given up, up to half a second with Kafka's defaults: a long replay of many pieces does without.
            if (before is not { } last || last.Partition != intent.Range.Partition || last.To + 1 != intent.Range.From) Seek(intent.Range);
            before = intent.Range;
            var isWhole = false;
            try
            {
                if (ReadRange(open, intent, stop) is { } fault) return fault;
                isWhole = !stop.IsCancellationRequested;
                if (!isWhole) return null;
            }
            finally
            {
                if (!isWhole) _builder.Drop(open);
            }

            handOver(_builder.Seal(open, intent));
        }

        return null;
    }

    private void Seek(BlockRange range)
    {
        _source.Assign([new PartitionOffset(range.Partition, range.From)]);
        _count = _at = 0;
    }

    private string? ReadRange(OpenBlock open, Intent intent, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (_at == _count) (_count, _at) = (_source.Poll(Wait), 0);
            var now = _time.GetTimestamp();
            if (_count == 0) _probe.Ask(intent.Range.Partition);
            for (; _at < _count; _at++)
            {
                switch (_source.Read(_at, out var message, out var error))
                {
                    case SourceEntryKind.Message when message.Partition != intent.Range.Partition || message.Offset < open.NextOffset:
                        break;
                    // A compacted topic can have lost the last message of the range: the first one after it ends the range as well.
                    case SourceEntryKind.Message when message.Offset > intent.Range.To:
                        return null;
                    case SourceEntryKind.Message:
                        _progress.ReportReading(null);
                        if (intent.Refusal is not null) _builder.Refuse(open, in message, intent, now);
                        else if (_builder.TryAdd(open, in message, now) is { } fault) return fault;
                        if (message.Offset < intent.Range.To) break;
                        _at++;
                        return null;
                    case SourceEntryKind.OffsetOutOfRange:
                        return Gone(intent);
                    case SourceEntryKind.EndOfPartition when message.Partition == intent.Range.Partition && message.Offset > intent.Range.To:
                        return null;
                    case SourceEntryKind.EndOfPartition when message.Partition == intent.Range.Partition:
                        return Gone(intent);
                    case SourceEntryKind.EndOfPartition:
                        break;
                    default:
                        _progress.ReportReading(error);
                        break;
                }
            }
        }

        return null;
    }

    private static string Gone(Intent intent) =>
        $"Kafka no longer has all of the range {intent.Range}, which was in hand when the former owner ended; whether it is stored is not known. "
        + "Rewind the pipeline to choose where to go on";
}
