namespace ClickSink.Engine.Columns;

/// <summary>ClickHouse's unsigned integers of varying length: seven bits a byte, lowest first, the top bit says that more follow (LEB128).</summary>
internal static class Varint
{
    /// <summary>Bytes that a 64-bit value takes at most.</summary>
    public const int MaxBytes = 10;

    /// <summary>Writes <paramref name="value"/> and returns how many bytes it took.</summary>
    public static int Write(Span<byte> destination, ulong value)
    {
        int count = 0;
        while (value >= 0x80)
        {
            destination[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[count++] = (byte)value;
        return count;
    }
}
