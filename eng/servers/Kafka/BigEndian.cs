using System.Buffers.Binary;
using System.Text;

namespace ClickSink.Servers.Kafka;

/// <summary>Writes the fields that the protocols of ZooKeeper and of Kafka share: numbers with the high byte first.</summary>
internal sealed class BigEndianWriter
{
    private readonly MemoryStream _bytes = new();

    public BigEndianWriter Int16(short value)
    {
        Span<byte> field = stackalloc byte[2];
        BinaryPrimitives.WriteInt16BigEndian(field, value);
        _bytes.Write(field);
        return this;
    }

    public BigEndianWriter Int32(int value)
    {
        Span<byte> field = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(field, value);
        _bytes.Write(field);
        return this;
    }

    public BigEndianWriter Int64(long value)
    {
        Span<byte> field = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(field, value);
        _bytes.Write(field);
        return this;
    }

    public BigEndianWriter Byte(byte value)
    {
        _bytes.WriteByte(value);
        return this;
    }

    public BigEndianWriter Raw(ReadOnlySpan<byte> value)
    {
        _bytes.Write(value);
        return this;
    }

    /// <summary>Bytes after their length in 32 bits, as ZooKeeper writes strings and buffers.</summary>
    public BigEndianWriter Buffer(ReadOnlySpan<byte> value) => Int32(value.Length).Raw(value);

    /// <summary>A string after its length in 32 bits.</summary>
    public BigEndianWriter LongString(string value) => Buffer(Encoding.UTF8.GetBytes(value));

    /// <summary>A string after its length in 16 bits, as Kafka writes it.</summary>
    public BigEndianWriter ShortString(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return Int16((short)bytes.Length).Raw(bytes);
    }

    /// <summary>What was written, after its length in 32 bits: one frame of either protocol.</summary>
    public byte[] ToFrame()
    {
        var frame = new byte[4 + _bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, (int)_bytes.Length);
        _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length).CopyTo(frame.AsSpan(4));
        return frame;
    }
}

/// <summary>Reads what <see cref="BigEndianWriter"/> writes.</summary>
internal ref struct BigEndianReader
{
    private ReadOnlySpan<byte> _rest;

    public BigEndianReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public string ShortString() => Encoding.UTF8.GetString(Take(Math.Max((short)0, Int16())));

    public ReadOnlySpan<byte> Buffer() => Take(Math.Max(0, Int32()));

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
