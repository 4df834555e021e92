using System.Reflection;
using System.Runtime.InteropServices;

namespace ClickSink.Engine.Sources.Kafka.Native;

/// <summary>
/// The calls of librdkafka that the fetch needs. Confluent.Kafka hands out one managed object and one byte[] a message; these hand out batches of messages
/// that stay in native memory, which is what the decoder reads. Everything that is not the fetch goes through Confluent.Kafka. Names and layouts: rdkafka.h 2.0.
/// </summary>
internal static unsafe partial class LibRdKafka
{
    public const int ErrorPartitionEof = -191;
    public const int ErrorAllBrokersDown = -187;
    public const int ErrorTimedOut = -185;
    public const int ErrorAutoOffsetReset = -140;
    public const int ErrorFatal = -150;
    public const int ErrorOffsetOutOfRange = 1;
    public const int ErrorUnknownTopicOrPartition = 3;
    public const int ErrorUnknownPartition = -190;
    public const int ErrorUnknownTopic = -188;

    /// <summary>The first version with <c>fetch.queue.backoff.ms</c>, as <see cref="Version"/> tells it.</summary>
    public const int FirstWithQueueBackoff = 0x02020000;

    private const string Library = "librdkafka";

    static LibRdKafka()
    {
        NativeLibrary.SetDllImportResolver(typeof(LibRdKafka).Assembly, Resolve);
        // The same library for Confluent.Kafka: librdkafka.redist brings "librdkafka", a Debian system has "librdkafka.so.1".
        NativeLibrary.SetDllImportResolver(typeof(Confluent.Kafka.Library).Assembly, Resolve);
    }

    /// <summary>Makes sure that the library is found; to be called before Confluent.Kafka is used.</summary>
    public static void EnsureLoaded() => Version();

    [LibraryImport(Library, EntryPoint = "rd_kafka_version")]
    public static partial int Version();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    public static partial nint ConfNew();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_destroy")]
    public static partial void ConfDestroy(nint conf);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ConfSet(nint conf, string name, string value, byte* error, nuint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set_opaque")]
    public static partial void ConfSetOpaque(nint conf, nint opaque);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set_log_cb")]
    public static partial void ConfSetLogCallback(nint conf, delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, void> callback);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set_error_cb")]
    public static partial void ConfSetErrorCallback(nint conf, delegate* unmanaged[Cdecl]<nint, int, byte*, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "rd_kafka_opaque")]
    public static partial nint Opaque(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    public static partial nint New(int type, nint conf, byte* error, nuint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    public static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_poll_set_consumer")]
    public static partial int PollSetConsumer(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_consumer_close")]
    public static partial int ConsumerClose(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_get_consumer")]
    public static partial nint QueueGetConsumer(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_destroy")]
    public static partial void QueueDestroy(nint queue);

    [LibraryImport(Library, EntryPoint = "rd_kafka_consume_queue")]
    public static partial NativeMessage* ConsumeQueue(nint queue, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_yield")]
    public static partial void QueueYield(nint queue);

    [LibraryImport(Library, EntryPoint = "rd_kafka_consume_batch_queue")]
    public static partial nint ConsumeBatchQueue(nint queue, int timeoutMilliseconds, NativeMessage** messages, nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_destroy")]
    public static partial void MessageDestroy(NativeMessage* message);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_timestamp")]
    public static partial long MessageTimestamp(NativeMessage* message, int* type);

    /// <summary>The headers of a message, which stay the message's; an error if it has none.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_message_headers")]
    public static partial int MessageHeaders(NativeMessage* message, nint* headers);

    /// <summary>The header at a position, in memory of the message; an error behind the last one.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_header_get_all")]
    public static partial int HeaderAt(nint headers, nuint index, byte** name, byte** value, nuint* size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_topic_partition_list_new")]
    public static partial nint PartitionListNew(int size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_topic_partition_list_destroy")]
    public static partial void PartitionListDestroy(nint list);

    [LibraryImport(Library, EntryPoint = "rd_kafka_topic_partition_list_add", StringMarshalling = StringMarshalling.Utf8)]
    public static partial NativePartition* PartitionListAdd(nint list, string topic, int partition);

    [LibraryImport(Library, EntryPoint = "rd_kafka_assign")]
    public static partial int Assign(nint client, nint list);

    [LibraryImport(Library, EntryPoint = "rd_kafka_commit")]
    public static partial int Commit(nint client, nint list, int isAsync);

    [LibraryImport(Library, EntryPoint = "rd_kafka_offsets_for_times")]
    public static partial int OffsetsForTimes(nint client, nint list, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_get_watermark_offsets", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetWatermarks(nint client, string topic, int partition, long* low, long* high);

    [LibraryImport(Library, EntryPoint = "rd_kafka_err2str")]
    private static partial byte* ErrorToString(int code);

    /// <summary>librdkafka's own text for an error code.</summary>
    public static string Describe(int code) => Marshal.PtrToStringUTF8((nint)ErrorToString(code)) ?? $"error {code}";

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        return NativeLibrary.TryLoad(name, assembly, path, out var handle) || NativeLibrary.TryLoad("librdkafka.so.1", assembly, path, out handle) ? handle : 0;
    }
}
