using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sources;
using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Replicas;

/// <summary>How changes of the engine's ledger are kept in a replica's state.</summary>
internal static class LedgerBook
{
    /// <summary>The partitions after a change. The former list stays as it is; applying a change again changes nothing.</summary>
    public static List<PartitionProgress> Apply(List<PartitionProgress> partitions, LedgerChange change)
    {
        var result = partitions.ToDictionary(p => p.Partition);
        if (change.Completed is { } completed)
        {
            var range = completed.Range;
            var progress = result[range.Partition];
            result[range.Partition] = progress with
            {
                NextOffset = completed.Aside ? progress.NextOffset : Math.Max(progress.NextOffset, range.To + 1),
                Intents = [.. progress.Intents.Where(i => !IsOf(i, completed))],
            };
        }

        foreach (var withdrawn in change.Withdrawn)
        {
            var progress = result[withdrawn.Range.Partition];
            result[withdrawn.Range.Partition] = progress with { Intents = [.. progress.Intents.Where(i => !IsOf(i, withdrawn))] };
        }

        foreach (var (partition, offset) in change.Moved) result[partition] = result[partition] with { NextOffset = offset };
        foreach (var opened in change.Opened is null ? change.Reopened : change.Reopened.Append(change.Opened))
        {
            var progress = result[opened.Range.Partition];
            if (!progress.Intents.Any(i => IsOf(i, opened)))
                result[opened.Range.Partition] = progress with { Intents = [.. progress.Intents, ToOpenIntent(opened)] };
        }

        return [.. result.Values.OrderBy(p => p.Partition)];
    }

    /// <summary>The open intents of one version, or of all of them, as the engine wants them.</summary>
    public static List<Intent> Intents(IEnumerable<PartitionProgress> partitions, int? version = null) =>
        [.. partitions.SelectMany(p => p.Intents.Where(i => version is null || i.Version == version)
            .Select(i => new Intent(new BlockRange(p.Partition, i.From, i.To), i.Generation, i.Version, i.Aside, i.Refusal, i.Stored)))];

    /// <summary>Where each partition goes on.</summary>
    public static List<PartitionOffset> Positions(IEnumerable<PartitionProgress> partitions) => [.. partitions.Select(p => new PartitionOffset(p.Partition, p.NextOffset))];

    // The same range can be open twice: in hand before a rewind, and replayed by it.
    private static bool IsOf(OpenIntent open, Intent intent) => open.From == intent.Range.From && open.To == intent.Range.To && open.Generation == intent.Generation;

    private static OpenIntent ToOpenIntent(Intent intent) =>
        new() { From = intent.Range.From, To = intent.Range.To, Generation = intent.Generation, Version = intent.Version, Aside = intent.Aside, Refusal = intent.Refusal, Stored = intent.Stored };
}
