using ClickSink.Engine.Formats;
using ClickSink.Engine.Sources;

namespace ClickSink.Engine.Delivery;

/// <summary>Reads the messages of a range once more, and keeps copies of them.</summary>
internal static class RangeCopy
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads them, however long the source takes.</summary>
    /// <param name="source">A source that nobody else reads from.</param>
    /// <param name="range">The range.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The messages in order; null when the source no longer has them.</returns>
    public static List<CopiedMessage>? Read(IMessageSource source, BlockRange range, CancellationToken stop)
    {
        source.Assign([new PartitionOffset(range.Partition, range.From)]);
        try
        {
            var messages = new List<CopiedMessage>();
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                var count = source.Poll(Wait);
                for (var i = 0; i < count; i++)
                {
                    var kind = source.Read(i, out var message, out _);
                    if (message.Partition != range.Partition) continue;
                    switch (kind)
                    {
                        case SourceEntryKind.Message or SourceEntryKind.EndOfPartition when message.Offset > range.To:
                            return messages;
                        case SourceEntryKind.Message:
                            messages.Add(new CopiedMessage(in message));
                            if (message.Offset == range.To) return messages;
                            break;
                        case SourceEntryKind.EndOfPartition or SourceEntryKind.OffsetOutOfRange:
                            return null;
                    }
                }
            }
        }
        finally
        {
            // What it fetched ahead is of no use to anybody.
            source.Assign([]);
        }
    }
}
