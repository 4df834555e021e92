namespace ClickSink.Engine.Sources.Kafka.Sampling;

/// <summary>Which offsets a sample reads: rounds, each of them one run of messages in some partitions.</summary>
internal static class SamplePlan
{
    // Each round is a seek, which costs up to half a second with old brokers; five places tell the beginning, the end and what changed in
    // between.
    private const int SpreadRounds = 5;

    /// <summary>Plans the rounds.</summary>
    /// <param name="from">Which messages.</param>
    /// <param name="count">How many in all.</param>
    /// <param name="bounds">What each partition has.</param>
    public static IReadOnlyList<IReadOnlyList<SampleRun>> Make(SampleFrom from, int count, IReadOnlyList<PartitionBounds> bounds)
    {
        var shares = Share(count, bounds);
        var rounds = from is SampleFrom.Spread ? SpreadRounds : 1;
        var plan = Enumerable.Range(0, rounds).Select(_ => new List<SampleRun>()).ToList();
        for (var i = 0; i < bounds.Count; i++)
        {
            var (partition, share) = (bounds[i], shares[i]);
            if (share == 0) continue;
            switch (from)
            {
                case SampleFrom.Earliest:
                    plan[0].Add(new SampleRun(partition.Partition, partition.First, share));
                    break;
                case SampleFrom.Latest:
                    plan[0].Add(new SampleRun(partition.Partition, partition.End - share, share));
                    break;
                default:
                    Spread(plan, partition, share);
                    break;
            }
        }

        return [.. plan.Where(round => round.Count > 0)];
    }

    /// <summary>An equal share for each partition; what one does not have goes to the others.</summary>
    internal static long[] Share(int count, IReadOnlyList<PartitionBounds> bounds)
    {
        var shares = new long[bounds.Count];
        long left = Math.Min(count, bounds.Sum(b => b.Messages));
        var smallestFirst = Enumerable.Range(0, bounds.Count).OrderBy(i => bounds[i].Messages).ToList();
        for (var i = 0; i < smallestFirst.Count; i++)
        {
            // Rounded up, so that fewer messages than partitions still come from as many partitions as possible.
            var others = smallestFirst.Count - i;
            var share = Math.Min(bounds[smallestFirst[i]].Messages, (left + others - 1) / others);
            shares[smallestFirst[i]] = share;
            left -= share;
        }

        return shares;
    }

    private static void Spread(List<List<SampleRun>> plan, PartitionBounds partition, long share)
    {
        var runs = Math.Min(plan.Count, share);
        long taken = 0;
        for (var run = 0; run < runs; run++)
        {
            var length = (share / runs) + (run < share % runs ? 1 : 0);
            // The first run begins at the first offset, the last one ends at the last; they cannot overlap, since the share is at most what
            // is there.
            var room = partition.Messages - share;
            var gap = runs == 1 ? 0 : room * run / (runs - 1);
            plan[run].Add(new SampleRun(partition.Partition, partition.First + taken + gap, length));
            taken += length;
        }
    }
}

/// <summary>Consecutive messages of one partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">The offset to begin with.</param>
/// <param name="Count">How many messages.</param>
internal readonly record struct SampleRun(int Partition, long From, long Count);
