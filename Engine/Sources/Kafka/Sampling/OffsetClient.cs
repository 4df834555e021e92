using System.Runtime.InteropServices;
using ClickSink.Engine.Sources.Kafka.Native;

namespace ClickSink.Engine.Sources.Kafka.Sampling;

/// <summary>
/// A client that only asks for offsets, of many partitions at once: two round trips a broker, where one after the other would take two a
/// partition.
/// </summary>
internal sealed unsafe class OffsetClient : IDisposable
{
    private const int ErrorTextSize = 512;
    private const int ConsumerType = 1;

    private readonly KafkaSourceOptions _options;
    private readonly nint _client;

    /// <exception cref="SourceUnavailableException">A property is refused by librdkafka.</exception>
    public OffsetClient(KafkaSourceOptions options)
    {
        _options = options;
        var conf = LibRdKafka.ConfNew();
        var error = stackalloc byte[ErrorTextSize];
        // A consumer wants a group; this one never joins it.
        var properties = new Dictionary<string, string>(KafkaProperties.ForClient(options)) { ["group.id"] = "clicksink.questions", ["log_level"] = "0" };
        foreach (var (name, value) in properties)
        {
            if (LibRdKafka.ConfSet(conf, name, value, error, ErrorTextSize) == 0) continue;
            LibRdKafka.ConfDestroy(conf);
            throw new SourceUnavailableException($"Kafka property {name}: {Marshal.PtrToStringUTF8((nint)error)}");
        }

        _client = LibRdKafka.New(ConsumerType, conf, error, ErrorTextSize);
        if (_client != 0) return;
        LibRdKafka.ConfDestroy(conf);
        throw new SourceUnavailableException($"Kafka client for {options.Brokers}: {Marshal.PtrToStringUTF8((nint)error)}");
    }

    /// <summary>The first offset of each partition, and the one after its last.</summary>
    /// <exception cref="SourceUnavailableException">Kafka does not answer for one of them.</exception>
    public IReadOnlyList<(string Topic, PartitionBounds Bounds)> AskBounds(
        IReadOnlyList<(string Topic, int Partition)> places, TimeSpan timeout)
    {
        if (places.Count == 0) return [];
        var first = Ask(places, OffsetQuery.Earliest, timeout);
        var end = Ask(places, OffsetQuery.Latest, timeout);
        return [.. places.Select((place, i) => (place.Topic, new PartitionBounds(place.Partition, first[i], end[i])))];
    }

    public void Dispose() => LibRdKafka.Destroy(_client);

    private long[] Ask(IReadOnlyList<(string Topic, int Partition)> places, long which, TimeSpan timeout)
    {
        var list = LibRdKafka.PartitionListNew(places.Count);
        try
        {
            // Made with room for all, so that the list does not move while it is filled.
            var entries = new NativePartition*[places.Count];
            for (var i = 0; i < entries.Length; i++)
            {
                entries[i] = LibRdKafka.PartitionListAdd(list, places[i].Topic, places[i].Partition);
                entries[i]->Offset = which;
            }

            var error = LibRdKafka.OffsetsForTimes(_client, list, (int)timeout.TotalMilliseconds);
            // By name: nothing says that librdkafka leaves the entries in the order in which they were added.
            var found = new Dictionary<(string, int), long>();
            foreach (var entry in entries)
            {
                var topic = Marshal.PtrToStringUTF8(entry->Topic)!;
                var fault = error != 0 ? error : entry->Error;
                if (fault != 0)
                {
                    throw new SourceUnavailableException(
                        $"Kafka at {_options.Brokers} did not tell the offsets of {topic}[{entry->Partition}]: {LibRdKafka.Describe(fault)}; check brokers and that the broker runs");
                }

                found[(topic, entry->Partition)] = entry->Offset;
            }

            return [.. places.Select(place => found[place])];
        }
        finally
        {
            LibRdKafka.PartitionListDestroy(list);
        }
    }
}
