using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Interfaces.Rewinds;

namespace ClickSink.Grains.Pipelines;

/// <summary>Finds out whether a rewind can be done, before it is taken on.</summary>
internal static class RewindCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // librdkafka does not always keep the time that it is given.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    /// <summary>Everything that is wrong with it. Kafka is asked off the grain's turn.</summary>
    /// <exception cref="SourceUnavailableException">Kafka does not answer.</exception>
    /// <exception cref="TimeoutException">Kafka does not answer either.</exception>
    public static async Task<List<DocumentFault>> RunAsync(RewindRequest request, PipelineOptions options, IEnumerable<PartitionProgress> progress)
    {
        var source = options.Source.Kafka!;
        if (request.Target is RewindTarget.Timestamp && KafkaOffsets.WhyNoTimes(source) is { } why) return [Fault("to", $"{request.Timestamp:O}", why)];
        var bounds = await Task.Run(() => KafkaOffsets.QueryBounds(source, Timeout)).WaitAsync(Patience);
        return request.Target switch
        {
            RewindTarget.Offsets => CheckOffsets(request.Offsets, bounds),
            RewindTarget.Replay => CheckRanges(request.Ranges, bounds, progress.ToDictionary(p => p.Partition, p => p.NextOffset), options.Delivery.MaxRows),
            _ => [],
        };
    }

    /// <summary>What is wrong with explicit offsets.</summary>
    public static List<DocumentFault> CheckOffsets(IReadOnlyDictionary<int, long> offsets, IReadOnlyDictionary<int, (long First, long End)> bounds)
    {
        var faults = new List<DocumentFault>();
        if (offsets.Count == 0) faults.Add(Fault("offsets", null, "needs a partition and its offset"));
        foreach (var (partition, offset) in offsets.OrderBy(o => o.Key))
        {
            var path = $"offsets.{partition}";
            if (!bounds.TryGetValue(partition, out var has)) faults.Add(NoPartition(path, partition, bounds));
            else if (offset < has.First || offset > has.End) faults.Add(Fault(path, $"{offset}", $"must be from {has.First} to {has.End}: that is what Kafka has"));
        }

        return faults;
    }

    /// <summary>What is wrong with ranges to replay.</summary>
    public static List<DocumentFault> CheckRanges(
        IReadOnlyList<ReplayRange> ranges, IReadOnlyDictionary<int, (long First, long End)> bounds, IReadOnlyDictionary<int, long> next, int maxRows)
    {
        var faults = new List<DocumentFault>();
        if (ranges.Count == 0) faults.Add(Fault("replay", null, "needs a range"));
        for (var i = 0; i < ranges.Count; i++)
        {
            var range = ranges[i];
            var path = $"replay[{i}]";
            var stored = next.GetValueOrDefault(range.Partition, -1);
            if (!bounds.TryGetValue(range.Partition, out var has)) faults.Add(NoPartition(path, range.Partition, bounds));
            else if (range.From > range.To) faults.Add(Fault(path, $"{range}", "must not end before it begins"));
            else if (range.From < has.First || range.To >= has.End) faults.Add(Fault(path, $"{range}", $"must be within {has.First} to {has.End - 1}: that is what Kafka has"));
            else if (range.To >= stored) faults.Add(Fault(path, $"{range}", $"must end before {Math.Max(stored, 0)}: what comes after that was not stored yet, and will be"));
        }

        if (faults.Count == 0 && RewindPlan.CountPieces(ranges, maxRows) is > RewindPlan.MaxPieces and var pieces)
            faults.Add(Fault("replay", null, $"makes {pieces} blocks of at most {RewindPlan.PieceSize(maxRows)} offsets, and {RewindPlan.MaxPieces} can be replayed at once: replay it in parts, or rewind to offsets"));
        return faults;
    }

    private static DocumentFault NoPartition(string path, int partition, IReadOnlyDictionary<int, (long First, long End)> bounds) =>
        Fault(path, $"{partition}", $"is no partition of the topic; it has {bounds.Keys.Min()} to {bounds.Keys.Max()}");

    private static DocumentFault Fault(string path, string? value, string rule) => new() { Path = path, Value = value, Rule = rule };
}
