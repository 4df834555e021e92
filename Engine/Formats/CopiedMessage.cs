namespace ClickSink.Engine.Formats;

/// <summary>A message that outlives the batch it came with. For cold paths: each copy is several allocations.</summary>
internal sealed class CopiedMessage
{
    private readonly byte[] _value;
    private readonly byte[]? _key;
    private readonly byte[] _topic;
    private readonly MessageHeaderBuffer _headers = new();
    private readonly bool _isNull;
    private readonly int _partition;
    private readonly long _timestamp;

    public CopiedMessage(in Message message)
    {
        _value = message.Value.ToArray();
        _key = message.HasKey ? message.Key.ToArray() : null;
        _topic = message.Topic.ToArray();
        foreach (var header in message.Headers) _headers.Add(header.Name, header.Value, header.IsNull);
        (_isNull, _partition, _timestamp) = (message.IsNull, message.Partition, message.TimestampMilliseconds);
        Offset = message.Offset;
    }

    /// <summary>The offset within the partition.</summary>
    public long Offset { get; }

    /// <summary>The message as decoders take it.</summary>
    public Message Message => new()
    {
        Value = _value,
        IsNull = _isNull,
        Key = _key,
        Topic = _topic,
        Partition = _partition,
        Offset = Offset,
        TimestampMilliseconds = _timestamp,
        Headers = _headers.Headers,
    };
}
