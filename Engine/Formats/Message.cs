using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClickSink.Engine.Formats;

/// <summary>One message as it lies in the source's memory. Valid only until the source moves on.</summary>
public readonly ref struct Message
{
    /// <summary>The value's bytes.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Whether the message has no value at all: a tombstone, which in a compacted topic deletes its key.</summary>
    public bool IsNull { get; init; }

    /// <summary>The key's bytes. <c>default</c> means that there is none, which is not the same as an empty key.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>The topic's name, in UTF-8.</summary>
    public ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>The partition's number.</summary>
    public int Partition { get; init; }

    /// <summary>The offset within the partition.</summary>
    public long Offset { get; init; }

    /// <summary>Milliseconds from 1970 UTC; negative if the broker keeps no timestamps.</summary>
    public long TimestampMilliseconds { get; init; }

    /// <summary>The headers, packed as <see cref="MessageHeaders"/> reads them; empty if there are none, or nobody asked the source for them.</summary>
    public MessageHeaders Headers { get; init; }

    /// <summary>Whether there is a key, be it empty.</summary>
    public bool HasKey => !Unsafe.IsNullRef(ref MemoryMarshal.GetReference(Key));
}
