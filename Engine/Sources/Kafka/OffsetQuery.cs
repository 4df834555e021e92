using ClickSink.Engine.Sources.Kafka.Native;

namespace ClickSink.Engine.Sources.Kafka;

/// <summary>
/// Asks the leader of a partition for one of its offsets, within a time. rd_kafka_query_watermark_offsets takes a time as well but waits for the answer without
/// it, so that with the broker away it comes back after minutes (rdkafka.c of 2.0.2, <c>RD_POLL_INFINITE</c>).
/// </summary>
internal static unsafe class OffsetQuery
{
    /// <summary>Stands for the first offset that the broker still has (ListOffsets of Kafka's protocol).</summary>
    public const long Earliest = -2;

    /// <summary>Stands for the offset after the last message.</summary>
    public const long Latest = -1;

    /// <summary>Asks.</summary>
    /// <returns>librdkafka's error code; 0 when <paramref name="offset"/> is the answer.</returns>
    public static int Ask(nint client, string topic, int partition, long which, TimeSpan timeout, out long offset)
    {
        var list = LibRdKafka.PartitionListNew(1);
        try
        {
            var entry = LibRdKafka.PartitionListAdd(list, topic, partition);
            entry->Offset = which;
            var error = LibRdKafka.OffsetsForTimes(client, list, (int)timeout.TotalMilliseconds);
            offset = entry->Offset;
            return error != 0 ? error : entry->Error;
        }
        finally
        {
            LibRdKafka.PartitionListDestroy(list);
        }
    }
}
