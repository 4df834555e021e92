using System.Runtime.InteropServices;

namespace ClickSink.Engine.Sources.Kafka.Native;

/// <summary><c>rd_kafka_message_t</c> of rdkafka.h, read where librdkafka holds it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeMessage
{
    public int Error;
    public nint Topic;
    public int Partition;
    public byte* Payload;
    public nuint Length;
    public byte* Key;
    public nuint KeyLength;
    public long Offset;
    public nint Private;
}
