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
                NextOffset = Math.Max(progress.NextOffset, range.To + 1),
                Intents = [.. progress.Intents.Where(i => i.From != range.From || i.To != range.To)],
            };
        }

        foreach (var (partition, offset) in change.Moved) result[partition] = result[partition] with { NextOffset = offset };
        if (change.Opened is { } opened)
        {
            var progress = result[opened.Range.Partition];
            if (!progress.Intents.Any(i => i.From == opened.Range.From && i.To == opened.Range.To))
                result[opened.Range.Partition] = progress with { Intents = [.. progress.Intents, ToOpenIntent(opened)] };
        }

        return [.. result.Values.OrderBy(p => p.Partition)];
    }

    /// <summary>The open intents of one version, as the engine wants them.</summary>
    public static List<Intent> Intents(IEnumerable<PartitionProgress> partitions, int version) =>
        [.. partitions.SelectMany(p => p.Intents.Where(i => i.Version == version)
            .Select(i => new Intent(new BlockRange(p.Partition, i.From, i.To), i.Generation, i.Version)))];

    /// <summary>Where each partition goes on.</summary>
    public static List<PartitionOffset> Positions(IEnumerable<PartitionProgress> partitions) => [.. partitions.Select(p => new PartitionOffset(p.Partition, p.NextOffset))];

    private static OpenIntent ToOpenIntent(Intent intent) =>
        new() { From = intent.Range.From, To = intent.Range.To, Generation = intent.Generation, Version = intent.Version };
}
