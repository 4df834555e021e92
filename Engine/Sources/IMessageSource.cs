using ClickSink.Engine.Formats;

namespace ClickSink.Engine.Sources;

/// <summary>
/// A source of messages in partitions with offsets, polled and read by one thread; the other members may be called from any. Progress is the caller's: a source only goes where <see cref="Assign"/>
/// tells it to.
/// </summary>
public interface IMessageSource : IDisposable
{
    /// <summary>Replaces what is read: these partitions, each from its offset. An empty list stops reading.</summary>
    void Assign(IReadOnlyList<PartitionOffset> positions);

    /// <summary>Fetches the next batch, after which the former one is gone.</summary>
    /// <param name="timeout">How long to wait for messages.</param>
    /// <returns>How many entries the batch has; 0 when nothing came in time.</returns>
    int Poll(TimeSpan timeout);

    /// <summary>Ends a <see cref="Poll"/> that waits, from another thread.</summary>
    void Interrupt();

    /// <summary>Reads one entry of the batch where it lies.</summary>
    /// <param name="index">Position in the batch.</param>
    /// <param name="message">The message; only partition and offset are set when the entry is none. Valid until the next <see cref="Poll"/>, its headers until the next call of this.</param>
    /// <param name="error">What is wrong, when the entry is an error.</param>
    SourceEntryKind Read(int index, out Message message, out string? error);

    /// <summary>The offset of the first message of a partition that the source still has, or the one after its last.</summary>
    /// <exception cref="SourceUnavailableException">The source does not answer.</exception>
    (long First, long End) QueryBounds(int partition, TimeSpan timeout);

    /// <summary>The offset after the last message of a partition, as last heard; -1 when nothing was heard yet.</summary>
    long EndOffset(int partition);

    /// <summary>Tells outside tools about progress. Best effort: nothing relies on it.</summary>
    void Commit(IReadOnlyList<PartitionOffset> positions);

    /// <summary>The newest complaint of the source itself, such as "all brokers are down"; null while all is well.</summary>
    string? Trouble { get; }

    /// <summary>Tells the source that its <see cref="Trouble"/> is over.</summary>
    void ForgetTrouble();
}
