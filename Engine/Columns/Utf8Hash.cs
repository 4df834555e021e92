using System.Runtime.InteropServices;

namespace ClickSink.Engine.Columns;

/// <summary>
/// A fast hash of short texts for tables that live in one process. Seeded a process, so that a producer cannot choose texts
/// that collide.
/// </summary>
internal static class Utf8Hash
{
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    /// <summary>The hash; equal texts have equal ones.</summary>
    public static uint Compute(ReadOnlySpan<byte> text)
    {
        ulong hash = Seed ^ ((ulong)text.Length * 0x9E37_79B9_7F4A_7C15);
        while (text.Length > 8)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(text));
            text = text[8..];
        }

        ulong rest = 0;
        if (text.Length >= 4)
            rest = MemoryMarshal.Read<uint>(text) | ((ulong)MemoryMarshal.Read<uint>(text[^4..]) << 32);
        else if (text.Length > 0)
            rest = text[0] | ((ulong)text[text.Length >> 1] << 8) | ((ulong)text[^1] << 16);
        return (uint)(Mix(hash ^ rest) >> 16);
    }

    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value, 0xD6E8_FEB8_6659_FD93, out ulong low);
        return high ^ low;
    }
}
