using System.Runtime.InteropServices;

namespace ClickSink.Engine.Sources.Kafka.Native;

/// <summary><c>rd_kafka_topic_partition_t</c> of rdkafka.h, an element of a partition list.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativePartition
{
    public nint Topic;
    public int Partition;
    public long Offset;
    public nint Metadata;
    public nuint MetadataLength;
    public nint Opaque;
    public int Error;
    public nint Private;
}
