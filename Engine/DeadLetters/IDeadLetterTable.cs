using ClickSink.Engine.Sinks;

namespace ClickSink.Engine.DeadLetters;

/// <summary>The dead letters of one pipeline's topic in a table: what is asked about them, and how they are resolved.</summary>
public interface IDeadLetterTable : IAsyncDisposable
{
    /// <summary>The table's name, for messages.</summary>
    string Name { get; }

    /// <summary>Letters in the order of partition and offset.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">Only those after this place; null for the first ones.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="maxPayload">How many bytes of each payload at most.</param>
    /// <param name="cancellation">Ends it.</param>
    ValueTask<(SinkOutcome Outcome, IReadOnlyList<StoredLetter> Letters)> ListAsync(
        DeadLetterFilter filter, (int Partition, long Offset)? after, int limit, int maxPayload, CancellationToken cancellation);

    /// <summary>How many letters there are by status and column, the most frequent first.</summary>
    ValueTask<(SinkOutcome Outcome, IReadOnlyList<DeadLetterCount> Counts)> CountAsync(
        DeadLetterFilter filter, CancellationToken cancellation);

    /// <summary>The next letters of a replay: their states, without their bytes.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">Only those after this place; null for the first ones.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="maxBytes">How many bytes of payload at most, one letter aside.</param>
    /// <param name="cancellation">Ends it.</param>
    ValueTask<(SinkOutcome Outcome, IReadOnlyList<LetterKey> Keys)> ListKeysAsync(
        DeadLetterFilter filter, (int Partition, long Offset)? after, int limit, long maxBytes, CancellationToken cancellation);

    /// <summary>
    /// The letters of these messages with all their bytes, in the order of partition and offset, whatever has become of them since.
    /// </summary>
    ValueTask<(SinkOutcome Outcome, IReadOnlyList<StoredLetter> Letters)> ReadAsync(
        IReadOnlyList<LetterKey> keys, CancellationToken cancellation);

    /// <summary>Stores new states of letters. Storing the same again changes nothing.</summary>
    ValueTask<SinkOutcome> UpdateAsync(IReadOnlyList<StoredLetter> letters, CancellationToken cancellation);

    /// <summary>Marks letters that wait as not wanted.</summary>
    /// <returns>How many, and the outcome.</returns>
    ValueTask<(SinkOutcome Outcome, long Count)> DiscardAsync(DeadLetterFilter filter, CancellationToken cancellation);
}
