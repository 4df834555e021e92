using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClickSink.Engine.Columns.Parsing;

/// <summary>UUIDs in text: 32 hexadecimal digits of either case, in groups of 8-4-4-4-12 or without hyphens.</summary>
internal static class UuidText
{
    private const int HyphenatedLength = 36;
    private const int PlainLength = 32;

    /// <summary>Reads a whole text into the upper and the lower 64 bits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong first, out ulong second)
    {
        first = second = 0;
        if (text.Length == HyphenatedLength)
        {
            if (text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
            ref byte start = ref MemoryMarshal.GetReference(text);

            // Sixteen digits a vector. A group of sixteen spans 18 and 17 bytes of text, so each comes from two loads:
            // the shuffle closes the gaps of the first, and the second brings what lies behind it, already in place.
            Vector128<byte> upper = Vector128.ConditionalSelect(
                Vector128.Create(0UL, 0xFFFF_0000_0000_0000).AsByte(),
                Vector128.LoadUnsafe(ref start, 2),
                Vector128.Shuffle(Vector128.LoadUnsafe(ref start), Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 0, 0)));
            Vector128<byte> lower = Vector128.ConditionalSelect(
                Vector128.Create(0UL, 0xFF00_0000_0000_0000).AsByte(),
                Vector128.LoadUnsafe(ref start, 20),
                Vector128.Shuffle(Vector128.LoadUnsafe(ref start, 19), Vector128.Create((byte)0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0)));
            return TryParseDigits(upper, lower, out first, out second);
        }

        if (text.Length != PlainLength) return false;
        return TryParseDigits(Vector128.Create(text[..16]), Vector128.Create(text[16..]), out first, out second);
    }

    private static bool TryParseDigits(Vector128<byte> upper, Vector128<byte> lower, out ulong first, out ulong second)
    {
        Vector128<byte> upperNibbles = ToNibbles(upper);
        Vector128<byte> lowerNibbles = ToNibbles(lower);
        Vector128<byte> bytes = Vector128.Narrow(Join(upperNibbles), Join(lowerNibbles));
        first = BinaryPrimitives.ReverseEndianness(bytes.AsUInt64()[0]);
        second = BinaryPrimitives.ReverseEndianness(bytes.AsUInt64()[1]);
        return Vector128.LessThanAll(upperNibbles | lowerNibbles, Vector128.Create((byte)16));
    }

    /// <summary>The value of each digit; 255 for what is none.</summary>
    private static Vector128<byte> ToNibbles(Vector128<byte> text)
    {
        Vector128<byte> digits = text - Vector128.Create((byte)'0');
        Vector128<byte> letters = (text | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a');
        Vector128<byte> isDigit = Vector128.LessThan(digits, Vector128.Create((byte)10));
        Vector128<byte> isLetter = Vector128.LessThan(letters, Vector128.Create((byte)6));
        Vector128<byte> values = Vector128.ConditionalSelect(isDigit, digits, letters + Vector128.Create((byte)10));
        return values | ~(isDigit | isLetter);
    }

    /// <summary>Two nibbles, the higher one first in memory, to the byte that they write, in the low half of each 16 bits.</summary>
    private static Vector128<ushort> Join(Vector128<byte> nibbles)
    {
        Vector128<ushort> pairs = nibbles.AsUInt16();
        return ((pairs << 4) | (pairs >> 8)) & Vector128.Create((ushort)0xFF);
    }
}
