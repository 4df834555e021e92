using System.Buffers.Binary;

namespace ClickSink.Engine.Formats;

/// <summary>
/// The headers of a message, one after the other: length and bytes of the name, then of the value, each length four bytes, and -1 for a value of null. A source packs
/// them into memory that it reuses, so that a message with headers costs no allocation. Kafka allows several headers of one name.
/// </summary>
public readonly ref struct MessageHeaders
{
    private readonly ReadOnlySpan<byte> _packed;

    /// <summary>Wraps headers that <see cref="MessageHeaderBuffer"/> has packed.</summary>
    internal MessageHeaders(ReadOnlySpan<byte> packed) => _packed = packed;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _packed.IsEmpty;

    /// <summary>Finds the value of the last header of a name, which is the one that counts (rd_kafka_header_get_last does the same).</summary>
    /// <param name="name">The name, in UTF-8; case counts.</param>
    /// <param name="value">Its bytes.</param>
    /// <returns>False if there is no such header or its value is null.</returns>
    public bool TryGetLast(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        bool found = false;
        foreach (Header header in this)
        {
            if (!header.Name.SequenceEqual(name)) continue;
            found = !header.IsNull;
            value = header.Value;
        }

        return found;
    }

    /// <summary>Walks over the headers in their order.</summary>
    public Enumerator GetEnumerator() => new(_packed);

    /// <summary>One header.</summary>
    public readonly ref struct Header
    {
        /// <summary>The name, in UTF-8.</summary>
        public ReadOnlySpan<byte> Name { get; init; }

        /// <summary>The value's bytes; empty for null.</summary>
        public ReadOnlySpan<byte> Value { get; init; }

        /// <summary>Whether there is no value at all.</summary>
        public bool IsNull { get; init; }
    }

    /// <summary>Walks over headers.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _left;

        internal Enumerator(ReadOnlySpan<byte> packed) => _left = packed;

        /// <summary>The header that was reached.</summary>
        public Header Current { get; private set; }

        /// <summary>Goes on to the next header; false at the end.</summary>
        public bool MoveNext()
        {
            if (_left.IsEmpty) return false;
            ReadOnlySpan<byte> name = Take(BinaryPrimitives.ReadInt32LittleEndian(_left));
            int length = BinaryPrimitives.ReadInt32LittleEndian(_left);
            Current = new Header { Name = name, Value = Take(Math.Max(length, 0)), IsNull = length < 0 };
            return true;
        }

        private ReadOnlySpan<byte> Take(int length)
        {
            ReadOnlySpan<byte> taken = _left.Slice(sizeof(int), length);
            _left = _left[(sizeof(int) + length)..];
            return taken;
        }
    }
}
