using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Sources.Kafka.Native;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Sources.Kafka;

/// <summary>
/// Step 1 of a record's path: batches of messages from librdkafka, read where they lie in native memory. Partitions are assigned by the caller; the consumer
/// group serves only to show progress to outside tools. Polled and read by one thread;
/// the other members may be called from any.
/// </summary>
public sealed unsafe class KafkaConsumer : IMessageSource
{
    private const int BatchSize = 8192;
    private const int ErrorTextSize = 512;

    private readonly string _topic;
    private readonly byte[] _topicUtf8;
    private readonly bool _readTimestamps;
    private readonly MessageHeaderBuffer? _headers;
    private readonly KafkaClientEvents _events;
    private readonly GCHandle _eventsHandle;
    private NativeMessage** _batch;
    private nint _client;
    private nint _queue;
    private readonly FetchNudge? _nudge;

    // Held by calls from other threads and by the end of the client: a native call on a client that is gone would take the process with it.
    private readonly Lock _lifetime = new();
    private int _count;

    /// <summary>Starts a client; brokers are contacted in the background.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="group">Consumer group to show progress under.</param>
    /// <param name="prefetchBytes">Memory for messages fetched ahead, all partitions together.</param>
    /// <param name="readTimestamps">Whether <see cref="Message.TimestampMilliseconds"/> is needed: it costs a native call a message.</param>
    /// <param name="readHeaders">Whether <see cref="Message.Headers"/> are needed: they cost a native call a message, and two a header.</param>
    /// <param name="logger">Receives librdkafka's own log lines.</param>
    /// <exception cref="ArgumentException">A property is unknown to librdkafka or has a wrong value.</exception>
    public KafkaConsumer(KafkaSourceOptions options, string group, long prefetchBytes, bool readTimestamps, bool readHeaders, ILogger logger)
    {
        _topic = options.Topic;
        _topicUtf8 = Encoding.UTF8.GetBytes(options.Topic);
        _readTimestamps = readTimestamps;
        _headers = readHeaders ? new MessageHeaderBuffer() : null;
        _events = new KafkaClientEvents(logger);
        _eventsHandle = GCHandle.Alloc(_events);
        var conf = LibRdKafka.ConfNew();
        try
        {
            foreach (var (name, value) in KafkaProperties.ForConsumer(options, group, prefetchBytes)) Set(conf, name, value);
            LibRdKafka.ConfSetOpaque(conf, GCHandle.ToIntPtr(_eventsHandle));
            LibRdKafka.ConfSetLogCallback(conf, &KafkaClientEvents.OnLog);
            LibRdKafka.ConfSetErrorCallback(conf, &KafkaClientEvents.OnError);
            var error = stackalloc byte[ErrorTextSize];
            _client = LibRdKafka.New(type: 1, conf, error, ErrorTextSize);
            if (_client == 0) throw new ArgumentException($"Kafka client for {options.Brokers}: {Marshal.PtrToStringUTF8((nint)error)}");
            conf = 0;
            // Client-level events then arrive with the messages, on the one thread that polls.
            LibRdKafka.PollSetConsumer(_client);
            _queue = LibRdKafka.QueueGetConsumer(_client);
            if (FetchNudge.IsNeeded) _nudge = new FetchNudge(_client, _topic, prefetchBytes);
            _batch = (NativeMessage**)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(NativeMessage*));
        }
        catch
        {
            if (conf != 0) LibRdKafka.ConfDestroy(conf);
            Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public string? Trouble => _events.Trouble;

    /// <inheritdoc />
    public void ForgetTrouble() => _events.Trouble = null;

    /// <inheritdoc />
    public void Assign(IReadOnlyList<PartitionOffset> positions)
    {
        ReleaseBatch();
        var list = positions.Count == 0 ? 0 : PartitionList(positions);
        var error = LibRdKafka.Assign(_client, list);
        if (list != 0) LibRdKafka.PartitionListDestroy(list);
        _nudge?.Watch(positions.Select(position => position.Partition));
        if (error != 0) throw new SourceUnavailableException($"Kafka refused the assignment of {_topic}: {LibRdKafka.Describe(error)}");
    }

    /// <inheritdoc />
    public int Poll(TimeSpan timeout)
    {
        ReleaseBatch();
        // A batch call waits until the batch is full or the time is up, so it alone would make every message of a slow topic late by the time-out.
        var first = LibRdKafka.ConsumeQueue(_queue, (int)timeout.TotalMilliseconds);
        if (first is null) return 0;
        _batch[0] = first;
        var more = (long)LibRdKafka.ConsumeBatchQueue(_queue, 0, _batch + 1, BatchSize - 1);
        _count = 1 + (int)Math.Max(more, 0);
        _nudge?.Consumed(BatchBytes());
        return _count;
    }

    /// <inheritdoc />
    public void Interrupt()
    {
        lock (_lifetime)
        {
            if (_queue != 0) LibRdKafka.QueueYield(_queue);
        }
    }

    /// <inheritdoc />
    public SourceEntryKind Read(int index, out Message message, out string? error)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
        var native = _batch[index];
        if (native->Error != 0) return ReadEvent(native, out message, out error);
        error = null;
        message = new Message
        {
            Value = new ReadOnlySpan<byte>(native->Payload, (int)native->Length),
            IsNull = native->Payload is null,
            Key = new ReadOnlySpan<byte>(native->Key, (int)native->KeyLength),
            Topic = _topicUtf8,
            Partition = native->Partition,
            Offset = native->Offset,
            TimestampMilliseconds = _readTimestamps ? ReadTimestamp(native) : 0,
            Headers = _headers is null ? default : ReadHeaders(native, _headers),
        };
        return SourceEntryKind.Message;
    }

    /// <inheritdoc />
    public (long First, long End) QueryBounds(int partition, TimeSpan timeout)
    {
        var error = OffsetQuery.Ask(_client, _topic, partition, OffsetQuery.Earliest, timeout, out var low);
        var high = low;
        if (error == 0) error = OffsetQuery.Ask(_client, _topic, partition, OffsetQuery.Latest, timeout, out high);
        if (error != 0) throw new SourceUnavailableException($"Kafka did not tell the offsets of {_topic}[{partition}]: {LibRdKafka.Describe(error)}");
        return (low, high);
    }

    /// <inheritdoc />
    public long EndOffset(int partition)
    {
        long low, high;
        lock (_lifetime)
        {
            // Before the first fetch of a partition has come back, the call succeeds with -1001.
            return _client != 0 && LibRdKafka.GetWatermarks(_client, _topic, partition, &low, &high) == 0 ? Math.Max(high, -1) : -1;
        }
    }

    /// <inheritdoc />
    public void Commit(IReadOnlyList<PartitionOffset> positions)
    {
        if (positions.Count == 0) return;
        var list = PartitionList(positions);
        lock (_lifetime)
        {
            // Asynchronous: a group coordinator that is slow or away must not hold back delivery.
            if (_client != 0) _ = LibRdKafka.Commit(_client, list, isAsync: 1);
        }

        LibRdKafka.PartitionListDestroy(list);
    }

    /// <summary>Leaves the group and ends the client.</summary>
    public void Dispose()
    {
        ReleaseBatch();
        _nudge?.Stop();
        nint client, queue;
        lock (_lifetime)
        {
            (client, queue) = (_client, _queue);
            _client = _queue = 0;
        }

        if (queue != 0) LibRdKafka.QueueDestroy(queue);
        if (client != 0)
        {
            _ = LibRdKafka.ConsumerClose(client);
            LibRdKafka.Destroy(client);
        }

        NativeMemory.Free(_batch);
        _batch = null;
        if (_eventsHandle.IsAllocated) _eventsHandle.Free();
    }

    private static void Set(nint conf, string name, string value)
    {
        var error = stackalloc byte[ErrorTextSize];
        if (LibRdKafka.ConfSet(conf, name, value, error, ErrorTextSize) != 0)
            throw new ArgumentException($"Kafka property {name}: {Marshal.PtrToStringUTF8((nint)error)}");
    }

    private static long ReadTimestamp(NativeMessage* native)
    {
        int type;
        return LibRdKafka.MessageTimestamp(native, &type);
    }

    // The headers belong to the message and go with it; they are copied all the same, so that whoever reads them needs no native call and tests no broker.
    private static MessageHeaders ReadHeaders(NativeMessage* native, MessageHeaderBuffer buffer)
    {
        buffer.Clear();
        nint headers;
        if (LibRdKafka.MessageHeaders(native, &headers) != 0) return default;
        byte* name, value;
        nuint size;
        for (nuint index = 0; LibRdKafka.HeaderAt(headers, index, &name, &value, &size) == 0; index++)
            buffer.Add(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name), new ReadOnlySpan<byte>(value, (int)size), isNull: value is null);
        return buffer.Headers;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SourceEntryKind ReadEvent(NativeMessage* native, out Message message, out string? error)
    {
        message = new Message { Partition = native->Partition, Offset = native->Offset, Topic = _topicUtf8 };
        error = null;
        if (native->Error == LibRdKafka.ErrorPartitionEof) return SourceEntryKind.EndOfPartition;
        var text = native->Payload is null ? LibRdKafka.Describe(native->Error) : Encoding.UTF8.GetString(native->Payload, (int)native->Length);
        error = $"{_topic}[{native->Partition}]: {text}";
        return native->Error is LibRdKafka.ErrorAutoOffsetReset or LibRdKafka.ErrorOffsetOutOfRange
            ? SourceEntryKind.OffsetOutOfRange
            : SourceEntryKind.Transient;
    }

    private nint PartitionList(IReadOnlyList<PartitionOffset> positions)
    {
        var list = LibRdKafka.PartitionListNew(positions.Count);
        foreach (var position in positions)
        {
            LibRdKafka.PartitionListAdd(list, _topic, position.Partition)->Offset = position.Offset;
        }

        return list;
    }

    private long BatchBytes()
    {
        long bytes = 0;
        for (var i = 0; i < _count; i++) bytes += (long)_batch[i]->Length;
        return bytes;
    }

    private void ReleaseBatch()
    {
        for (var i = 0; i < _count; i++) LibRdKafka.MessageDestroy(_batch[i]);
        _count = 0;
    }
}
