using System.Buffers.Binary;

namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>A place in Protobuf's wire format. Reads nothing behind the end; false then, or where the bytes are no value.</summary>
internal ref struct ProtoCursor(ReadOnlySpan<byte> data)
{
    private const int MaxVarintBytes = 10;
    private const int MaxGroupDepth = 64;

    private readonly ReadOnlySpan<byte> _data = data;

    public int At { get; private set; }

    public readonly bool IsAtEnd => At == _data.Length;

    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < MaxVarintBytes && At < _data.Length; i++)
        {
            byte b = _data[At++];
            if (i == MaxVarintBytes - 1 && b > 1) return false;
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80) return true;
        }

        return false;
    }

    /// <summary>Reads the number and the wire type of a field.</summary>
    public bool TryReadTag(out int number, out int wireType)
    {
        bool read = TryReadVarint(out ulong tag) && tag <= uint.MaxValue;
        number = (int)(tag >> 3);
        wireType = (int)(tag & 7);
        return read && number > 0;
    }

    /// <summary>Takes the bytes of a value, whatever it is: those of a length without the length, those of a group without its end.</summary>
    public bool TryTake(int number, int wireType, out ReadOnlySpan<byte> value)
    {
        int start = At;
        value = default;
        switch (wireType)
        {
            case 0:
                if (!TryReadVarint(out _)) return false;
                break;
            case 1:
                if (!TrySkip(sizeof(ulong))) return false;
                break;
            case 2:
                if (!TryReadVarint(out ulong length)) return false;
                start = At;
                if (length > int.MaxValue || !TrySkip((int)length)) return false;
                break;
            case 3:
                return TryTakeGroup(number, 0, out value);
            case 5:
                if (!TrySkip(sizeof(uint))) return false;
                break;
            default:
                return false;
        }

        value = _data[start..At];
        return true;
    }

    public bool TryReadFixed32(out uint value)
    {
        value = _data.Length - At < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(_data[At..]);
        return TrySkip(sizeof(uint));
    }

    public bool TryReadFixed64(out ulong value)
    {
        value = _data.Length - At < sizeof(ulong) ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(_data[At..]);
        return TrySkip(sizeof(ulong));
    }

    private bool TryTakeGroup(int number, int depth, out ReadOnlySpan<byte> value)
    {
        int start = At;
        value = default;
        while (true)
        {
            int end = At;
            if (!TryReadTag(out int inner, out int wireType)) return false;
            if (wireType == 4)
            {
                value = _data[start..end];
                return inner == number;
            }

            if (wireType == 3 ? depth == MaxGroupDepth || !TryTakeGroup(inner, depth + 1, out _) : !TryTake(inner, wireType, out _)) return false;
        }
    }

    private bool TrySkip(int bytes)
    {
        if (_data.Length - At < bytes) return false;
        At += bytes;
        return true;
    }
}
