using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Interfaces.Rewinds;

namespace ClickSink.Grains.Pipelines;

/// <summary>What a rewind makes of the progress of drained partitions. No state, no clock, no Kafka.</summary>
internal static class RewindPlan
{
    /// <summary>A range is replayed in pieces of at most this many offsets, however many rows a block may have: a piece is held in memory as a whole.</summary>
    public const int MaxPiece = 50_000;

    /// <summary>The ledger holds every piece until it is written, so that many are replayed at once at most.</summary>
    public const int MaxPieces = 1_000;

    /// <summary>The progress after a rewind.</summary>
    /// <param name="positions">The progress before it, of partitions that nobody has.</param>
    /// <param name="request">The rewind.</param>
    /// <param name="targets">The offset that each partition goes to; a partition that is not in it stays where it is.</param>
    /// <param name="generation">The generation that begins with it.</param>
    /// <param name="version">Version of the document that replayed ranges are written with.</param>
    /// <param name="maxRows">Rows of a block at most.</param>
    public static List<PartitionProgress> Apply(
        IEnumerable<PartitionProgress> positions, RewindRequest request, IReadOnlyDictionary<int, long> targets, long generation, int version, int maxRows)
    {
        var result = positions.ToDictionary(p => p.Partition, p => Keep(p, request.DiscardIntents));
        foreach (var (partition, offset) in targets) result[partition] = (result.GetValueOrDefault(partition) ?? Unread(partition)) with { NextOffset = offset };
        foreach (var range in request.Ranges)
        {
            var progress = result.GetValueOrDefault(range.Partition) ?? Unread(range.Partition);
            result[range.Partition] = progress with { Intents = [.. progress.Intents, .. Cut(range, PieceSize(maxRows)).Select(p => p with { Generation = generation, Version = version })] };
        }

        return [.. result.Values.OrderBy(p => p.Partition)];
    }

    /// <summary>How many offsets a piece has at most.</summary>
    public static int PieceSize(int maxRows) => Math.Min(maxRows, MaxPiece);

    /// <summary>How many pieces some ranges make.</summary>
    public static long CountPieces(IEnumerable<ReplayRange> ranges, int maxRows) => ranges.Sum(r => (r.To - r.From) / PieceSize(maxRows) + 1);

    // An open intent is a promise to write that range before anything else. So the partition can be told to go on after it, and the intent no longer moves it:
    // a target before or within the range would otherwise be jumped over when the range is written.
    private static PartitionProgress Keep(PartitionProgress progress, bool discard)
    {
        if (discard) return progress with { Intents = [], EndOffset = -1 };
        var next = progress.Intents.Where(i => !i.Aside).Select(i => i.To + 1).Append(progress.NextOffset).Max();
        return progress with { NextOffset = next, Intents = [.. progress.Intents.Select(i => i with { Aside = true })], EndOffset = -1 };
    }

    private static PartitionProgress Unread(int partition) => new() { Partition = partition, NextOffset = -1, EndOffset = -1 };

    private static IEnumerable<OpenIntent> Cut(ReplayRange range, int size)
    {
        for (var from = range.From; from <= range.To; from += size) yield return new OpenIntent { From = from, To = Math.Min(range.To, from + size - 1), Aside = true };
    }
}
