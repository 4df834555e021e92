using System.Buffers.Binary;

namespace ClickSink.Engine.Formats.Avro;

/// <summary>A place in Avro's binary encoding. Reads nothing behind the end; false then, or where the bytes are no value.</summary>
internal ref struct AvroCursor(ReadOnlySpan<byte> data)
{
    private const int MaxVarintBytes = 10;

    private readonly ReadOnlySpan<byte> _data = data;

    public int At { get; private set; }

    public readonly bool IsAtEnd => At == _data.Length;

    public readonly int Left => _data.Length - At;

    public bool TryReadLong(out long value)
    {
        ulong bits = 0;
        value = 0;
        for (int i = 0; i < MaxVarintBytes && At < _data.Length; i++)
        {
            byte b = _data[At++];
            if (i == MaxVarintBytes - 1 && b > 1) return false;
            bits |= (ulong)(b & 0x7F) << (7 * i);
            if (b >= 0x80) continue;
            value = (long)(bits >> 1) ^ -(long)(bits & 1);
            return true;
        }

        return false;
    }

    public bool TryReadInt(out int value)
    {
        bool read = TryReadLong(out long wide);
        value = (int)wide;
        return read && value == wide;
    }

    public bool TryReadBool(out bool value)
    {
        value = At < _data.Length && _data[At] == 1;
        return At < _data.Length && _data[At++] <= 1;
    }

    public bool TryReadFloat(out float value)
    {
        bool read = TryTake(sizeof(float), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : 0;
        return read;
    }

    public bool TryReadDouble(out double value)
    {
        bool read = TryTake(sizeof(double), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : 0;
        return read;
    }

    /// <summary>Reads a length and as many bytes.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryReadLong(out long length) && TryTake(length, out bytes);
    }

    public bool TryTake(long length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length < 0 || length > Left) return false;
        bytes = _data.Slice(At, (int)length);
        At += (int)length;
        return true;
    }
}
